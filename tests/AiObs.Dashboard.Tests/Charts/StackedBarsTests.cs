using System.Globalization;
using AiObs.Dashboard.Charts;
using AiObs.Dashboard.Html;

namespace AiObs.Dashboard.Tests.Charts;

public sealed class StackedBarsTests
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 31, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Write_TwoBars_StacksSegmentsFromBelow()
    {
        var html = Write(new(Noon, "/first", [new(0, 1, "$1"), new(1, 3, "$3")], "$4"), new(Noon.AddHours(1), "/second", [new(1, 2, "$2")], "$2"));

        // 880 wide in two parts, 176 high for 4: a bar is 48 wide, one unit is 44 high.
        Assert.Contains("""<rect class="s0" x="266" y="146" width="48" height="44"><title>2026-01-31 12:00 UTC · a: $1</title></rect>""", html, StringComparison.Ordinal);
        Assert.Contains("""<rect fill="url(#c-p1)" x="266" y="14" width="48" height="132"><title>2026-01-31 12:00 UTC · b: $3</title></rect>""", html, StringComparison.Ordinal);
        Assert.Contains("""<rect fill="url(#c-p1)" x="706" y="102" width="48" height="88"><title>2026-01-31 13:00 UTC · b: $2</title></rect>""", html, StringComparison.Ordinal);
        Assert.Contains("""<line class="grid" x1="70" x2="950" y1="190" y2="190"/><text class="tick end" x="62" y="194">0</text>""", html, StringComparison.Ordinal);
        Assert.Contains("""<line class="grid" x1="70" x2="950" y1="14" y2="14"/><text class="tick end" x="62" y="18">4</text>""", html, StringComparison.Ordinal);
        Assert.Contains("""<text class="tick mid" x="290" y="208">12:00</text>""", html, StringComparison.Ordinal);
    }

    [Fact]
    public void Write_ABar_IsALinkWithAName()
    {
        var html = Write(new StackedBar(Noon, "/first", [new(0, 1, "$1")], "$1"), new StackedBar(Noon.AddHours(1), "/second", [], ""));

        Assert.Contains("""<svg class="chart" viewBox="0 0 960 220" role="group" aria-label="Cost by hour">""", html, StringComparison.Ordinal);
        Assert.Contains("""<a href="/first" aria-label="2026-01-31 12:00 UTC: $1"><rect class="hit" x="70" y="14" width="440" height="176"><title>2026-01-31 12:00 UTC: $1</title></rect>""", html, StringComparison.Ordinal);
        Assert.Contains("""<a href="/second" aria-label="2026-01-31 13:00 UTC: nothing">""", html, StringComparison.Ordinal);
    }

    [Fact]
    public void Write_TheSameNumbers_StandInATable()
    {
        var html = Write(new(Noon, "/first", [new(0, 1, "$1"), new(1, 3, "$3")], "$4"), new(Noon.AddHours(1), "/second", [new(1, 2, "$2")], "$2"));

        Assert.Contains("""<summary>Show as table</summary>""", html, StringComparison.Ordinal);
        Assert.Contains("""<th scope="col">Time (UTC)</th><th scope="col" class="n"><bdi>a</bdi></th><th scope="col" class="n"><bdi>b</bdi></th><th scope="col" class="n"><bdi>Total</bdi></th>""", html, StringComparison.Ordinal);
        Assert.Contains("""<tr><th scope="row"><a href="/first">2026-01-31 12:00</a></th><td class="n">$1</td><td class="n">$3</td><td class="n">$4</td></tr>""", html, StringComparison.Ordinal);
        Assert.Contains("""<tr><th scope="row"><a href="/second">2026-01-31 13:00</a></th><td class="n"></td><td class="n">$2</td><td class="n">$2</td></tr>""", html, StringComparison.Ordinal);
    }

    [Fact]
    public void Write_ABarThatIsUnpriced_HasAMarkAndNoHeight()
    {
        var html = Write(new StackedBar(Noon, "/first", [new(0, 0, "unpriced")], "unpriced") { Remark = "2 unpriced" });

        Assert.Contains("""<text class="remark mid" x="510" y="187">?<title>2026-01-31 12:00 UTC: 2 unpriced</title></text>""", html, StringComparison.Ordinal);
        Assert.DoesNotContain("""<rect class="s0" x="486" """, html, StringComparison.Ordinal);
        Assert.Contains("</span> has calls without a price</li>", html, StringComparison.Ordinal);
    }

    [Fact]
    public void Write_ANegativeSegment_TakesNoPlace()
    {
        var html = Write(new StackedBar(Noon, "/first", [new(0, -1, "-$1"), new(1, 4, "$4")], "$3"));

        Assert.Contains("""<rect fill="url(#c-p1)" x="486" y="14" width="48" height="176">""", html, StringComparison.Ordinal);
        Assert.Contains("""<td class="n">-$1</td><td class="n">$4</td><td class="n">$3</td>""", html, StringComparison.Ordinal);
    }

    [Fact]
    public void Write_HostileNames_AreText()
    {
        var html = new HtmlWriter();
        Chart(["\"><script>x</script>", "\u202eevil"], [new(Noon, "/a", [new(0, 1, "$1"), new(1, 1, "$1")], "$2")]).Write(html);

        Assert.DoesNotContain("<script>", html.ToString(), StringComparison.Ordinal);
        Assert.Contains("<bdi>&quot;&gt;&lt;script&gt;x&lt;/script&gt;</bdi>", html.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain('\u202e', html.ToString());
    }

    [Fact]
    public void Write_TheRest_LooksLikeNoSeries()
    {
        var html = new HtmlWriter();
        (Chart(["a", "the rest"], [new(Noon, "/a", [new(1, 1, "$1")], "$1")]) with { Rest = 1 }).Write(html);

        Assert.Contains("""<rect class="rest" x="486" y="14" """, html.ToString(), StringComparison.Ordinal);
    }

    private static StackedBars Chart(IReadOnlyList<string> series, IReadOnlyList<StackedBar> bars) => new()
    {
        Id = "c",
        Name = "Cost by hour",
        Series = series,
        Bars = bars,
        Interval = TimeSpan.FromHours(1),
        Format = static value => value.ToString(CultureInfo.InvariantCulture),
    };

    private static string Write(params StackedBar[] bars)
    {
        var html = new HtmlWriter();
        Chart(["a", "b"], bars).Write(html);
        return html.ToString();
    }
}
