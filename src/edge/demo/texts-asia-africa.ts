/** Demo texts in Chinese, Japanese, Korean, Hindi and Arabic. */
import type { Texts } from './language.ts';

export const chinese: Texts = {
  tickets: {
    late: {
      subject: '我的包裹到哪里了？',
      body: '订单 {order} 上周就该到了，物流一直没有更新。请打电话给我：{phone}。',
      reply: '{name}，您好！快递已找到包裹，两天内送达。',
    },
    broken: {
      subject: '收到的商品破损',
      body: '订单 {order} 里有一件商品打开时已经碎了，可以补发吗？',
      reply: '{name}，您好！非常抱歉，今天就为您补发。',
    },
    refund: {
      subject: '退款什么时候到账？',
      body: '订单 {order} 我已经寄回，但还没有收到退款。',
      reply: '{name}，您好！退款今天已发出，银行最多需要五天。',
    },
    invoice: {
      subject: '需要发票',
      body: '请把订单 {order} 的发票再发一次，我报销要用。',
      reply: '{name}，您好！发票见附件。',
    },
  },
  praise: '和描述一致，发货很快，会回购。',
  complaint: '比想象中小，能用，但是有点贵。',
  feedback: '关于订单的一点反馈',
  searches: {
    'Coffee & Tea': '绿茶',
    Kitchen: '菜刀',
    Home: '羊毛毯',
    Outdoors: '双肩包',
    Care: '无香料香皂',
    Health: '血糖试纸',
  },
};

export const japanese: Texts = {
  tickets: {
    late: {
      subject: '荷物が届きません',
      body: '注文 {order} は先週届くはずでしたが、追跡が止まったままです。{phone} までお電話ください。',
      reply: '{name} 様　荷物が見つかりました。二日以内にお届けします。',
    },
    broken: {
      subject: '商品が破損していました',
      body: '注文 {order} の商品が一点、箱を開けたら割れていました。交換できますか。',
      reply: '{name} 様　申し訳ございません。本日、代わりの品を発送いたします。',
    },
    refund: {
      subject: '返金はいつですか',
      body: '注文 {order} を返送しましたが、まだ返金がありません。',
      reply: '{name} 様　本日返金いたしました。銀行で五日ほどかかります。',
    },
    invoice: {
      subject: '領収書について',
      body: '注文 {order} の領収書をもう一度送っていただけますか。経費の精算に使います。',
      reply: '{name} 様　領収書を添付いたしました。',
    },
  },
  praise: '説明どおりで、届くのも早かったです。また買います。',
  complaint: '思ったより小さいです。使えますが、値段が高いと思います。',
  feedback: '注文についての感想',
  searches: {
    'Coffee & Tea': '煎茶',
    Kitchen: '三徳包丁',
    Home: '毛布',
    Outdoors: 'リュック',
    Care: '無香料 石けん',
    Health: '血糖値 測定',
  },
};

export const korean: Texts = {
  tickets: {
    late: {
      subject: '택배가 아직 안 왔어요',
      body: '주문 {order}이 지난주에 도착했어야 하는데 배송 조회가 멈춰 있습니다. {phone}으로 전화 주세요.',
      reply: '{name} 님, 택배를 찾았습니다. 이틀 안에 도착합니다.',
    },
    broken: {
      subject: '상품이 깨져서 왔습니다',
      body: '주문 {order}의 상품 하나가 깨져 있었습니다. 교환할 수 있을까요?',
      reply: '{name} 님, 죄송합니다. 오늘 새 상품을 보내 드립니다.',
    },
    refund: {
      subject: '환불은 언제 되나요?',
      body: '주문 {order}을 반품했는데 아직 환불을 받지 못했습니다.',
      reply: '{name} 님, 오늘 환불해 드렸습니다. 은행에서 최대 닷새 걸립니다.',
    },
    invoice: {
      subject: '영수증 요청',
      body: '주문 {order}의 영수증을 다시 보내 주세요. 회계 처리에 필요합니다.',
      reply: '{name} 님, 영수증을 첨부했습니다.',
    },
  },
  praise: '설명과 같고 배송도 빨랐어요. 또 살게요.',
  complaint: '생각보다 작아요. 쓸 만하지만 비쌉니다.',
  feedback: '주문에 대한 의견',
  searches: {
    'Coffee & Tea': '녹차',
    Kitchen: '식칼',
    Home: '담요',
    Outdoors: '배낭',
    Care: '무향 비누',
    Health: '혈당 시험지',
  },
};

export const hindi: Texts = {
  tickets: {
    late: {
      subject: 'मेरा पार्सल कहाँ है?',
      body: 'ऑर्डर {order} पिछले हफ़्ते आ जाना चाहिए था, ट्रैकिंग रुकी हुई है। कृपया मुझे {phone} पर फ़ोन करें।',
      reply: 'नमस्ते {name}, पार्सल मिल गया है। दो दिन में पहुँच जाएगा।',
    },
    broken: {
      subject: 'सामान टूटा हुआ आया',
      body: 'ऑर्डर {order} की एक चीज़ टूटी हुई निकली। क्या आप दूसरी भेज सकते हैं?',
      reply: 'नमस्ते {name}, हमें खेद है। नया सामान आज ही भेज रहे हैं।',
    },
    refund: {
      subject: 'पैसे कब वापस मिलेंगे?',
      body: 'मैंने ऑर्डर {order} लौटा दिया है, पर पैसे अभी तक नहीं आए।',
      reply: 'नमस्ते {name}, पैसे आज भेज दिए हैं। बैंक को पाँच दिन तक लग सकते हैं।',
    },
    invoice: {
      subject: 'बिल चाहिए',
      body: 'कृपया ऑर्डर {order} का बिल दोबारा भेज दें। मुझे हिसाब के लिए चाहिए।',
      reply: 'नमस्ते {name}, बिल इस संदेश के साथ है।',
    },
  },
  praise: 'जैसा लिखा था वैसा ही है और जल्दी आया। फिर ख़रीदूँगा।',
  complaint: 'सोचा था उससे छोटा है। काम चल जाता है, पर महँगा है।',
  feedback: 'मेरे ऑर्डर के बारे में',
  searches: {
    'Coffee & Tea': 'ग्रीन टी',
    Kitchen: 'रसोई का चाकू',
    Home: 'ऊनी कंबल',
    Outdoors: 'बैग',
    Care: 'साबुन',
    Health: 'शुगर टेस्ट',
  },
};

export const arabic: Texts = {
  tickets: {
    late: {
      subject: 'أين طردي؟',
      body: 'كان من المفترض أن يصل الطلب {order} الأسبوع الماضي، والتتبع متوقف. من فضلكم اتصلوا بي على {phone}.',
      reply: 'مرحبًا {name}، وجدت شركة الشحن الطرد، وسيصل خلال يومين.',
    },
    broken: {
      subject: 'وصل المنتج مكسورًا',
      body: 'وجدت أحد منتجات الطلب {order} مكسورًا. هل يمكن إرسال بديل؟',
      reply: 'مرحبًا {name}، نعتذر منك. سنرسل البديل اليوم.',
    },
    refund: {
      subject: 'متى أستعيد نقودي؟',
      body: 'أعدت الطلب {order} ولم يصلني المبلغ بعد.',
      reply: 'مرحبًا {name}، أرسلنا المبلغ اليوم، وقد يحتاج البنك إلى خمسة أيام.',
    },
    invoice: {
      subject: 'أحتاج الفاتورة',
      body: 'من فضلكم أرسلوا فاتورة الطلب {order} مرة أخرى، أحتاجها للحسابات.',
      reply: 'مرحبًا {name}، الفاتورة مرفقة بهذه الرسالة.',
    },
  },
  praise: 'مطابق للوصف ووصل بسرعة. سأشتري مرة أخرى.',
  complaint: 'أصغر مما توقعت. يؤدي الغرض لكنه غالٍ.',
  feedback: 'كلمة عن طلبي',
  searches: {
    'Coffee & Tea': 'شاي أخضر',
    Kitchen: 'سكين مطبخ',
    Home: 'بطانية صوف',
    Outdoors: 'حقيبة ظهر',
    Care: 'صابون',
    Health: 'شرائط قياس السكر',
  },
};
