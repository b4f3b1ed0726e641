using System.IO.Compression;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using AiObs.Dashboard.Assets;
using AiObs.TestSupport;

namespace AiObs.Dashboard.Tests.Traces;

/// <summary>A trace of 10,000 spans is as quick to look at as one of 100.</summary>
public sealed partial class LargeTraceTests
{
    private const int Many = 10_000;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact(Timeout = HangGuard.Milliseconds)]
    public async Task FirstLoad_OfTenThousandSpans_IsLittleMoreThanThatOfAHundred()
    {
        await using var host = await DashboardHost.StartAsync();
        await LargeTraces.AddAsync(host, trace: 1, spans: 100);
        await LargeTraces.AddAsync(host, trace: 2, spans: Many);

        var small = await host.GetAsync("/traces/" + Spans.TraceId(1));
        var large = await host.GetAsync("/traces/" + Spans.TraceId(2));

        // Style and script are loaded once for both.
        var assets = Compressed(AssetFiles.Style.Bytes.Span) + Compressed(AssetFiles.Script.Bytes.Span);
        Assert.InRange(Compressed(Encoding.UTF8.GetBytes(large)) + assets, 1_000, 40 * 1024);
        Assert.InRange(large.Length, small.Length, 5 * small.Length / 2);
    }

    [Fact(Timeout = HangGuard.Milliseconds)]
    public async Task Windows_ForwardAndBack_HaveEachRowOnce()
    {
        await using var host = await DashboardHost.StartAsync();
        await LargeTraces.AddAsync(host, trace: 2, spans: Many);

        var (forward, last) = await FollowAsync(host, $"/aiobs/traces/{Spans.TraceId(2)}", "next");
        var (back, _) = await FollowAsync(host, last, "prev");

        Assert.Equal(Many / 200, forward.Count);
        Assert.Equal(Enumerable.Range(1, Many).Select(static span => "s" + Spans.SpanId(span)).Order(), forward.SelectMany(static ids => ids).Order());
        Assert.Equal(forward.AsEnumerable().Reverse(), back);
    }

    [Theory(Timeout = HangGuard.Milliseconds)]
    [InlineData("from=9800", 200)]
    [InlineData("from=9999", 200)]
    [InlineData("from=10000000", 200)]
    [InlineData("from=-5", 200)]
    [InlineData("from=x", 200)]
    [InlineData("depth=1", 1)]
    [InlineData("depth=1&toggled=0000000000000001", 101)]
    [InlineData("depth=2", 101)]
    [InlineData("toggled=0000000000000001", 1)]
    [InlineData("zoom=0000000000000002", 100)]
    [InlineData("zoom=nobody", 200)]
    public async Task Window_OfAnyView_HasNotMoreThanItsRows(string query, int expected)
    {
        await using var host = await DashboardHost.StartAsync();
        await LargeTraces.AddAsync(host, trace: 2, spans: Many);

        foreach (var path in (string[])["", "/rows"])
        {
            var page = await host.GetAsync($"/traces/{Spans.TraceId(2)}{path}?{query}");

            Assert.Equal(expected, Row().Count(page));
        }
    }

    /// <summary>Returns the rows of each window on a way through the whole trace, and the address of the last window.</summary>
    private static async Task<(List<string[]> Windows, string Last)> FollowAsync(DashboardHost host, string address, string rel)
    {
        var windows = new List<string[]>();
        while (true)
        {
            using var response = await host.SendRawAsync(address);
            var page = await response.Content.ReadAsStringAsync(Token);
            windows.Add([.. Row().Matches(page).Select(static match => match.Groups[1].Value)]);
            if (Regex.Match(page, $"<a rel=\"{rel}\"[^>]* href=\"([^\"]*)\"") is not { Success: true } link)
            {
                return (windows, address);
            }

            address = WebUtility.HtmlDecode(link.Groups[1].Value);
        }
    }

    private static int Compressed(ReadOnlySpan<byte> bytes)
    {
        var compressed = new byte[BrotliEncoder.GetMaxCompressedLength(bytes.Length)];
        Assert.True(BrotliEncoder.TryCompress(bytes, compressed, out var length, quality: 4, window: 22));
        return length;
    }

    [GeneratedRegex("<tr id=\"(s[0-9a-f]{16})\"")]
    private static partial Regex Row();
}
