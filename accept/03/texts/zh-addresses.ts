/** Chinese addresses down to the room and short ones, places, organizations. */
import type { Dice } from '../../crash/dice.ts';
import { between, forms, pattern, two } from './draw.ts';

/** Province (empty for a municipality), city, districts. */
const AREAS: readonly (readonly [string, string, readonly string[]])[] = [
  ['', '北京市', ['朝阳区', '海淀区', '丰台区', '通州区', '大兴区']],
  ['', '上海市', ['浦东新区', '徐汇区', '闵行区', '杨浦区', '嘉定区']],
  ['', '天津市', ['和平区', '南开区', '河西区', '滨海新区']],
  ['', '重庆市', ['渝中区', '江北区', '沙坪坝区', '九龙坡区']],
  ['广东省', '广州市', ['天河区', '越秀区', '番禺区', '白云区']],
  ['广东省', '深圳市', ['南山区', '福田区', '龙岗区', '宝安区']],
  ['广东省', '东莞市', ['虎门镇', '长安镇', '厚街镇']],
  ['浙江省', '杭州市', ['西湖区', '余杭区', '滨江区', '萧山区']],
  ['浙江省', '宁波市', ['鄞州区', '海曙区']],
  ['浙江省', '金华市', ['义乌市', '婺城区']],
  ['江苏省', '南京市', ['鼓楼区', '江宁区', '玄武区']],
  ['江苏省', '苏州市', ['姑苏区', '吴中区', '昆山市', '常熟市']],
  ['四川省', '成都市', ['武侯区', '锦江区', '成华区', '双流区']],
  ['湖北省', '武汉市', ['洪山区', '江汉区', '武昌区']],
  ['湖南省', '长沙市', ['岳麓区', '雨花区', '长沙县']],
  ['陕西省', '西安市', ['雁塔区', '碑林区', '未央区']],
  ['山东省', '青岛市', ['市南区', '崂山区', '即墨区']],
  ['山东省', '济南市', ['历下区', '槐荫区']],
  ['福建省', '厦门市', ['思明区', '集美区']],
  ['福建省', '泉州市', ['晋江市', '丰泽区']],
  ['河南省', '郑州市', ['金水区', '二七区', '中原区']],
  ['河北省', '石家庄市', ['长安区', '裕华区']],
  ['辽宁省', '沈阳市', ['和平区', '铁西区']],
  ['辽宁省', '大连市', ['沙河口区', '甘井子区']],
  ['黑龙江省', '哈尔滨市', ['南岗区', '道里区']],
  ['安徽省', '合肥市', ['蜀山区', '庐阳区']],
  ['江西省', '南昌市', ['红谷滩区', '青山湖区']],
  ['云南省', '昆明市', ['五华区', '官渡区']],
  ['贵州省', '贵阳市', ['云岩区', '观山湖区']],
  ['广西壮族自治区', '南宁市', ['青秀区', '西乡塘区']],
  ['新疆维吾尔自治区', '乌鲁木齐市', ['天山区', '沙依巴克区']],
  ['内蒙古自治区', '呼和浩特市', ['赛罕区', '新城区']],
];
const ROADS = [
  '人民路', '中山北路', '解放大道', '建设三路', '文一西路', '科苑南路', '长江中路', '学院路', '朝阳北路', '滨河大道', '迎宾街',
  '和平西路', '新华大街', '工业园二路', '桃源街', '凤凰路', '体育东路', '松花江路', '梅岭西路', '望江东路', '锦绣大道', '府前街',
]; // biome-ignore format: names, many to a line
const ESTATES = [
  '阳光花园', '锦绣江南', '翠湖天地', '金域蓝湾', '幸福里小区', '东方名城', '龙湖时代天街', '碧桂园', '万科城', '绿地新都会',
  '保利香槟国际', '桃李苑', '丽景苑', '教师新村', '水岸新城', '紫荆公寓', '御景湾', '梧桐苑小区', '和谐家园', '星河国际',
]; // biome-ignore format: names, many to a line
const TOWERS = [
  '创业大厦',
  '国际金融中心',
  '软件园',
  '科技孵化园',
  '财富广场',
  '环球中心',
  '时代大厦',
  '电子商务产业园',
];
const VILLAGES = [
  '石桥镇大王村',
  '柳林镇东河村',
  '马家庄村',
  '清水镇李家湾村',
  '杨柳镇新民村',
  '平安镇小寨村',
];

function block(dice: Dice): string {
  const [house, unit, floor] = [between(dice, 1, 38), between(dice, 1, 5), between(dice, 1, 32)];
  const room = `${floor}${two(between(dice, 1, 8))}`;
  return dice.pick([
    `${house}栋${unit}单元${room}室`,
    `${house}号楼${unit}单元${room}`,
    `${house}幢${room}室`,
    `${house}-${unit}-${room}`,
    `${dice.pick(['A', 'B', 'C'])}座${room}`,
    `${house}栋${room}`,
    `${house}号楼${room}室`,
  ]);
}

function area(dice: Dice): string {
  const [province, city, districts] = dice.pick(AREAS);
  const district = dice.pick(districts);
  const [shortProvince, shortCity] = [province.replace(/省$/, ''), city.replace(/市$/, '')];
  return dice.pick([
    `${province}${city}${district}`,
    `${province}${city}${district}`,
    `${city}${district}`,
    `${shortProvince}${shortCity}${district}`,
    `${province} ${city} ${district} `.trimStart(),
  ]);
}

/** A whole address, from the province or city to the room. */
export const fullAddress = forms(
  (dice) => `${area(dice)}${dice.pick(ROADS)}${between(dice, 1, 1888)}号${dice.pick(ESTATES)}${block(dice)}`,
  (dice) => `${area(dice)}${dice.pick(ROADS)}${between(dice, 1, 999)}号${dice.pick(TOWERS)}${block(dice)}`,
  (dice) => `${area(dice)}${dice.pick(ESTATES)}${block(dice)}`,
  (dice) =>
    `${area(dice)}${dice.pick(ROADS)}${between(dice, 1, 999)}弄${between(dice, 1, 60)}号${between(dice, 1, 6)}0${between(dice, 1, 4)}室`,
  (dice) => `${area(dice)}${dice.pick(VILLAGES)}${between(dice, 1, 12)}组${between(dice, 1, 99)}号`,
  (dice) => `${area(dice)}${dice.pick(ROADS)}${between(dice, 1, 999)}号`,
);

/** As a neighbor would say it: no city, or no road. */
export const shortAddress = forms(
  (dice) => `${dice.pick(ESTATES)}${block(dice)}`,
  (dice) => `${dice.pick(ROADS)}${between(dice, 1, 888)}号`,
  (dice) => `${dice.pick(ROADS)}${between(dice, 1, 888)}号${dice.pick(ESTATES)}${block(dice)}`,
  (dice) => `${dice.pick(dice.pick(AREAS)[2])}${dice.pick(ROADS)}${between(dice, 1, 888)}号`,
);

/** A city, province or country by itself. */
export const place = forms(
  (dice) => dice.pick(AREAS)[1].replace(/市$/, ''),
  (dice) => dice.pick(AREAS)[1],
  (dice) => dice.pick(['新疆', '西藏', '内蒙古', '海南', '广东', '浙江', '四川', '香港', '澳门']),
  (dice) => dice.pick(['日本', '韩国', '美国', '德国', '法国', '澳大利亚', '新西兰', '泰国']),
);

const BRANDS = [
  '云禾',
  '明德',
  '瑞丰',
  '星悦',
  '华川',
  '鼎泰',
  '众联',
  '蓝海',
  '恒信',
  '嘉禾',
  '迅达',
  '优品汇',
  '康源',
  '天恒',
];
const CITY = ['上海', '北京', '深圳', '杭州', '广州', '苏州', '成都', '武汉', '义乌', '青岛'];

/** Companies, schools, hospitals, with their legal form. */
export const organization = forms(
  (dice) =>
    `${dice.pick(CITY)}${dice.pick(BRANDS)}${dice.pick(['贸易', '科技', '电子商务', '供应链管理', '物流', '服饰'])}有限公司`,
  (dice) => `${dice.pick(CITY)}市${dice.pick(BRANDS)}${dice.pick(['网络科技', '家居', '食品'])}有限公司`,
  (dice) => `${dice.pick(BRANDS)}${dice.pick(['集团', '科技股份有限公司', '文化传媒有限公司'])}`,
  (dice) =>
    `${dice.pick(CITY)}市第${dice.pick(['一', '二', '三', '十七'])}${dice.pick(['中学', '人民医院', '实验小学'])}`,
  (dice) => `${dice.pick(CITY)}${dice.pick(['师范大学', '理工学院', '工商大学'])}`,
);

const TW_AREAS: readonly (readonly [string, string])[] = [
  ['台北市', '大安區'], ['台北市', '信義區'], ['新北市', '板橋區'], ['新北市', '三重區'], ['桃園市', '中壢區'], ['台中市', '西屯區'],
  ['臺中市', '北區'], ['台南市', '東區'], ['高雄市', '左營區'], ['高雄市', '鳳山區'], ['新竹市', '東區'], ['彰化縣', '員林市'],
]; // biome-ignore format: names, many to a line
const TW_ROADS = [
  '忠孝東路四段',
  '中山北路二段',
  '民權路',
  '復興南路一段',
  '文化路一段',
  '自由路二段',
  '三多三路',
  '博愛二路',
  '光復路',
];
const HK_ROADS = ['彌敦道', '軒尼詩道', '英皇道', '皇后大道中', '青山公路', '大埔道', '觀塘道'];
const HK_AREAS = ['香港灣仔', '九龍旺角', '九龍觀塘', '新界沙田', '新界荃灣', '香港北角'];
const HK_BUILDINGS = ['嘉湖山莊', '太古城', '美孚新邨', '永安大廈', '金龍中心', '麗港城'];

/** Addresses of Taiwan and Hong Kong. */
export const traditionalAddress = forms(
  (dice) => {
    const [city, district] = dice.pick(TW_AREAS);
    const lane = dice.once(2) ? `${between(dice, 2, 300)}巷${between(dice, 1, 40)}弄` : '';
    const zip = dice.once(3) ? pattern(dice, '###') : '';
    return `${zip.replace(/^0/, '1')}${city}${district}${dice.pick(TW_ROADS)}${lane}${between(dice, 1, 380)}號${between(dice, 2, 14)}樓${dice.once(2) ? `之${between(dice, 1, 6)}` : ''}`;
  },
  (dice) =>
    `${dice.pick(HK_AREAS)}${dice.pick(HK_ROADS)}${between(dice, 1, 800)}號${dice.pick(HK_BUILDINGS)}${between(dice, 1, 12)}座${between(dice, 1, 38)}樓${dice.pick(['A', 'B', 'C', 'D', 'F'])}室`,
  (dice) => {
    const [city, district] = dice.pick(TW_AREAS);
    return `${city}${district}${dice.pick(TW_ROADS)}${between(dice, 1, 380)}號`;
  },
);
export const traditionalShort = forms(
  (dice) => `${dice.pick(TW_ROADS)}${between(dice, 1, 380)}號${between(dice, 2, 14)}樓`,
  (dice) =>
    `${dice.pick(HK_BUILDINGS)}${between(dice, 1, 12)}座${between(dice, 1, 38)}樓${dice.pick(['A', 'B', 'C'])}室`,
);
export const traditionalPlace = forms((dice) =>
  dice.pick(['台北', '高雄', '台中', '香港', '澳門', '花蓮', '日本', '韓國', '美國', '澳洲', '九龍', '新竹']),
);
export const traditionalOrganization = forms(
  (dice) =>
    `${dice.pick(['宏遠', '大同興', '永豐年', '禾利', '聯泰', '晨光'])}${dice.pick(['股份有限公司', '實業有限公司', '國際有限公司', '貿易有限公司'])}`,
  (dice) =>
    `${dice.pick(['台北', '高雄', '新竹'])}${dice.pick(['市立第一高中', '科技大學', '醫學大學附設醫院'])}`,
);
