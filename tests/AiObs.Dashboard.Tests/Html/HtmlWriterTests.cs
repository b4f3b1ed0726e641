using System.Buffers;
using System.Text;
using AiObs.Dashboard.Html;

namespace AiObs.Dashboard.Tests.Html;

public sealed class HtmlWriterTests
{
    private readonly HtmlWriter _html = new();

    [Theory]
    [InlineData("<script>alert(1)</script>", "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>")]
    [InlineData("a & b", "<p>a &amp; b</p>")]
    [InlineData("\"it's\"", "<p>&quot;it&#39;s&quot;</p>")]
    [InlineData("exe\u202Egnp.txt", "<p>exe<span class=\"chip\">U+202E</span>gnp.txt</p>")]
    [InlineData("a\u001B[31mb\0", "<p>a<span class=\"chip\">U+001B</span>[31mb<span class=\"chip\">U+0000</span></p>")]
    [InlineData("line\n\ttab", "<p>line\n\ttab</p>")]
    [InlineData("\uD83D\uDC69\u200D\uD83D\uDCBB", "<p>\uD83D\uDC69\u200D\uD83D\uDCBB</p>")]
    [InlineData("zero\u200Bwidth\uFEFF\u2028", "<p>zero<span class=\"chip\">U+200B</span>width<span class=\"chip\">U+FEFF</span><span class=\"chip\">U+2028</span></p>")]
    [InlineData("", "<p></p>")]
    [InlineData(null, "<p></p>")]
    public void Value_BetweenTags_IsText(string? value, string expected)
    {
        _html.Write($"<p>{value}</p>");

        Assert.Equal(expected, _html.ToString());
    }

    [Fact]
    public void HalfACharacter_IsShownAsMissing()
    {
        _html.Write($"<p>half {"\uD83D"}</p>");

        Assert.Equal("<p>half \uFFFD</p>", _html.ToString());
    }

    [Theory]
    [InlineData("\" onload=\"alert(1)", "<p title=\"&quot; onload=&quot;alert(1)\">x</p>")]
    [InlineData("\u202E", "<p title=\"U+202E\">x</p>")]
    public void Value_BetweenQuotes_StaysInThem(string value, string expected)
    {
        _html.Write($"<p title=\"{value}\">x</p>");

        Assert.Equal(expected, _html.ToString());
    }

    [Fact]
    public void Value_InATitle_IsPlain_AndAnElementAgainBehindIt()
    {
        _html.Write($"<title>{"a\u202E"} of {"b\u202E"}</title><p>{"c\u202E"}</p>");

        Assert.Equal("<title>aU+202E of bU+202E</title><p>c<span class=\"chip\">U+202E</span></p>", _html.ToString());
    }

    [Fact]
    public void Value_BetweenAttributes_IsRefused()
    {
        var fault = Assert.Throws<InvalidOperationException>(() => _html.Write($"<p {"onload=alert(1)"}>x</p>"));

        Assert.Equal("A value must stand in the content of an element or between the double quotes of an attribute.", fault.Message);
    }

    [Fact]
    public void Place_GoesOnFromOneWriteToTheNext()
    {
        _html.Write($"<p title=\"");
        _html.Write($"{"\u202E"}");
        _html.Write($"\">{"\u202E"}</p>");

        Assert.Equal("<p title=\"U+202E\"><span class=\"chip\">U+202E</span></p>", _html.ToString());
    }

    [Fact]
    public void Flag_IsThereOrNot()
    {
        _html.Write($"<p {new HtmlFlag("hidden", true)}></p><p {new HtmlFlag("hidden", false)}></p>");

        Assert.Equal("<p hidden></p><p ></p>", _html.ToString());
    }

    [Fact]
    public void Flag_OutsideOfATag_IsRefused() =>
        Assert.Throws<InvalidOperationException>(() => _html.Write($"<p>{new HtmlFlag("hidden", true)}</p>"));

    [Fact]
    public void Numbers_AreWrittenTheSameOnAllMachines()
    {
        _html.Write($"<p>{1234.5m}</p><p>{0.25:P0}</p>");

        Assert.Equal("<p>1234.5</p><p>25 %</p>", _html.ToString());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void CopyTo_OfALargePage_KeepsCharactersWhole(int offset)
    {
        var (html, bytes) = (new HtmlWriter(), new ArrayBufferWriter<byte>());
        var text = new string('a', offset) + string.Concat(Enumerable.Repeat("\U0001F600", 50_000));
        html.Write($"<p>{text}</p>");

        html.CopyTo(bytes);

        Assert.Equal($"<p>{text}</p>", Encoding.UTF8.GetString(bytes.WrittenSpan));
    }

    [Fact]
    public void Part_IsWrittenInItsPlace()
    {
        Action<HtmlWriter> part = html => html.Write($"<b>{"<"}</b>");

        _html.Write($"<p>{part}</p>");

        Assert.Equal("<p><b>&lt;</b></p>", _html.ToString());
    }
}
