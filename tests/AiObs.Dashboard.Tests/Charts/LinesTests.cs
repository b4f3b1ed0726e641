using System.Globalization;
using AiObs.Dashboard.Charts;
using AiObs.Dashboard.Html;

namespace AiObs.Dashboard.Tests.Charts;

public sealed class LinesTests
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 31, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Write_ALine_RunsFromValueToValue_WithAGapWhereThereIsNone()
    {
        var html = Write(new LineSeries("p50", [1, 4, null, 2, null]));

        // 830 wide in five parts, 176 high for 4.
        Assert.Contains("""<path class="line l0" d="M153 146L319 14M651 102"/>""", html, StringComparison.Ordinal);
        Assert.Contains("""<circle class="dot p0" cx="651" cy="102" r="2.5"><title>2026-01-31 15:00 UTC · p50: 2</title></circle>""", html, StringComparison.Ordinal);
        Assert.Contains("""<text class="tick" x="906" y="106">p50</text>""", html, StringComparison.Ordinal);
        Assert.Contains("""role="img" aria-label="Duration">""", html, StringComparison.Ordinal);
    }

    [Fact]
    public void Write_LinesThatEndTogether_HaveNamesApart()
    {
        var html = Write(new("p95", [4, 4, 4, 4, 4]), new("p99", [4, 4, 4, 4, 4]));

        Assert.Contains("""<text class="tick" x="906" y="18">p95</text>""", html, StringComparison.Ordinal);
        Assert.Contains("""<text class="tick" x="906" y="5">p99</text>""", html, StringComparison.Ordinal);
    }

    [Fact]
    public void Write_TheSameNumbers_StandInATable()
    {
        var html = Write(new("p50", [1, 4, null, 2, null]), new("p95", [4, 4, null, 4, null]));

        Assert.Contains("""<tr><th scope="row">2026-01-31 12:00</th><td class="n">1</td><td class="n">4</td></tr>""", html, StringComparison.Ordinal);
        Assert.Contains("""<tr><th scope="row">2026-01-31 14:00</th><td class="n"></td><td class="n"></td></tr>""", html, StringComparison.Ordinal);
    }

    [Fact]
    public void Sparkline_RunsFromTheOldestToTheNewest()
    {
        var html = new HtmlWriter();
        Sparkline.Of("Calls by <hour>", [0, 10, 5])(html);

        Assert.Equal(
            """<svg class="spark" viewBox="0 0 120 24" role="img" aria-label="Calls by &lt;hour&gt;"><title>Calls by &lt;hour&gt;</title><path class="line l0" d="M2 22L60 2L118 12"/></svg>""",
            html.ToString());
    }

    [Fact]
    public void Sparkline_OfZeroes_LiesAtTheBottom_AndOfOneValue_IsNone()
    {
        var (zeroes, one) = (new HtmlWriter(), new HtmlWriter());
        Sparkline.Of("Calls", [0, 0])(zeroes);
        Sparkline.Of("Calls", [1])(one);

        Assert.Contains("""d="M2 22L118 22"/>""", zeroes.ToString(), StringComparison.Ordinal);
        Assert.Equal("", one.ToString());
    }

    private static string Write(params LineSeries[] series)
    {
        var html = new HtmlWriter();
        new Lines
        {
            Name = "Duration",
            Times = [.. Enumerable.Range(0, 5).Select(static hour => Noon.AddHours(hour))],
            Interval = TimeSpan.FromHours(1),
            Series = series,
            Axis = static value => value.ToString(CultureInfo.InvariantCulture),
            Format = static value => value.ToString(CultureInfo.InvariantCulture),
        }.Write(html);
        return html.ToString();
    }
}
