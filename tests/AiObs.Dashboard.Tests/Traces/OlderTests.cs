using System.Net;
using System.Text.RegularExpressions;
using AiObs.Dashboard.Tests.Costs;
using Microsoft.Extensions.DependencyInjection;

namespace AiObs.Dashboard.Tests.Traces;

public sealed partial class OlderTests
{
    private const int Count = 120;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/traces", "")]
    [InlineData("/traces", "?order=Slowest")]
    [InlineData("/traces", "?order=Dearest")]
    [InlineData("/conversations", "")]
    public async Task Older_FollowedToTheEnd_ShowsEachOnce_WhileTimeGoesOn(string path, string query)
    {
        await using var host = await DashboardHost.StartAsync(static root => root.AddCostTracking());
        await host.Traces.AppendAsync([.. Enumerable.Range(1, Count).Select(number => Spans.Make(number, 1, milliseconds: number) with { ConversationId = $"c-{number}" })], Token);
        await PriceAsync(host);

        var seen = new List<string>();
        for (var next = path + query; next is not null;)
        {
            var page = await host.GetAsync(next);
            seen.AddRange(Names().Matches(page).Select(static match => match.Groups["name"].Value));
            next = Older().Match(page) is { Success: true } older ? WebUtility.HtmlDecode(older.Groups["path"].Value) : null;
        }

        Assert.Equal(Count, seen.Count);
        Assert.Equal(Count, seen.Distinct(StringComparer.Ordinal).Count());
    }

    /// <summary>Gives each trace a cost, as those without one have no place among the dearest.</summary>
    private static async Task PriceAsync(DashboardHost host)
    {
        foreach (var number in Enumerable.Range(1, Count))
        {
            await host.Costs.RecordAsync(CostRecords.Call(number, "gpt-5-mini", number / 100m) with { TraceId = Spans.TraceId(number), Time = DateTimeOffset.UtcNow }, Token);
        }
    }

    [GeneratedRegex("""<td class="wide"><a href="(?<name>[^"]*)">""")]
    private static partial Regex Names();

    [GeneratedRegex("""<a rel="next" href="/aiobs(?<path>[^"]*)">Older</a>""")]
    private static partial Regex Older();
}
