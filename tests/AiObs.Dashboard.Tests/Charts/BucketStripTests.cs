using AiObs.Dashboard.Charts;
using AiObs.Dashboard.Html;
using AiObs.Store;

namespace AiObs.Dashboard.Tests.Charts;

public sealed class BucketStripTests
{
    private static readonly LatencyHistogram Two = new([new(700, 4, 1), new(701, 8, 0)], TimeSpan.FromMilliseconds(100));

    [Fact]
    public void Scale_FewBuckets_HasAColumnForEach() => Assert.Equal(new StripScale(700, 1, 2), StripScale.Of([Two]));

    [Fact]
    public void Scale_ManyBuckets_PutsThemTogether_InAtMost24Columns()
    {
        var wide = new LatencyHistogram([new(600, 1, 0), new(700, 1, 0)], TimeSpan.FromSeconds(1));

        var scale = StripScale.Of([wide, Two]);

        // 102 buckets, 5 in each column.
        Assert.Equal(new StripScale(600, 5, 21), scale);
        Assert.Equal(new LatencyBucket(605, 0, 0).Start, scale.Start(1));
        Assert.Equal(scale.Start(1), scale.End(0));
        Assert.Equal([(0, (1L, 0L)), (20, (1L, 0L))], scale.Counts(wide).Index().Where(static column => column.Item.Count > 0));
        Assert.Equal([(20, (12L, 1L))], scale.Counts(Two).Index().Where(static column => column.Item.Count > 0));
    }

    [Fact]
    public void Scale_OfNothing_HasNoColumns() => Assert.Equal(0, StripScale.Of([LatencyHistogram.Empty]).Count);

    [Fact]
    public void Strip_IsAsHighAsItHasMany_WithFailuresFromBelow()
    {
        var html = new HtmlWriter();
        BucketStrip.Of("gpt <5>", Two, StripScale.Of([Two]))(html);
        var text = html.ToString();

        Assert.Contains("""<svg class="strip" viewBox="0 0 144 24" role="img" aria-label="gpt &lt;5&gt;: how 12 durations are spread up to 100 ms">""", text, StringComparison.Ordinal);
        Assert.Contains(""": 4, 1 failed</title><rect class="s0" x="0" y="12" width="71" height="12"/>""", text, StringComparison.Ordinal);
        Assert.Contains("""<rect class="failed" x="0" y="21" width="71" height="3"/>""", text, StringComparison.Ordinal);
        Assert.Contains(""": 8</title><rect class="s0" x="72" y="0" width="71" height="24"/>""", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Table_HasTheNumbersOfAllStrips()
    {
        var html = new HtmlWriter();
        BucketStrip.WriteTable(html, "Model", [("gpt <5>", Two)], StripScale.Of([Two]));

        Assert.Contains("""<tr><th scope="row"><bdi>gpt &lt;5&gt;</bdi></th><td class="n">4, 1 failed</td><td class="n">8</td></tr>""", html.ToString(), StringComparison.Ordinal);
    }
}
