import { yamlText, flowText, fieldValueText, elementText, fieldNameText } from '/work/main/src/workspace/yaml-text';
test('x', () => {
  const v={a:'no',b:'007',c:'1e3',d:'2001-01-01',e:'{{var:x}}',f:'a: b',g:'line\nmore\n',h:'a\r\nb',i:'x\ty',j:'',k:' lead',l:' lead\nx',m:'\n',n:'a\n\n',o:[],p:{},q:[{a:1,b:[1]},[1,2]],r:null,s:'https://a/b#c',t:'12:30:45',u:'~',v:'=',w:'yes',x:1e21,y:'“é😀',z:'a #b', aa:'a\\b"c', ab:'trail ', ac:'l1 \n  l2', ad:'---', ae:'\ufeffx', 'no':1, '1':2,'a: b':3,'':4, big: 'x'.repeat(200)+' y', ag:"it's"};
  console.log(yamlText(v));
  console.log(flowText('a, b'), flowText({a:['x,y','no',{c:1}]}), flowText('a\nb'), flowText(''), fieldValueText('a\nb'), fieldValueText({a:1}), elementText({a:1,b:2}), fieldNameText('a: b'), fieldNameText('no'), fieldNameText('ok'), flowText([]), flowText('{{var:a}}'));
});
