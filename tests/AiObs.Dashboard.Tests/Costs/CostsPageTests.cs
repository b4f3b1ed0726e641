using System.Net;
using System.Text.RegularExpressions;
using AiObs.Cost;
using AiObs.Operations;
using AiObs.TestSupport;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace AiObs.Dashboard.Tests.Costs;

public sealed partial class CostsPageTests
{
    private const string Unread = "This could not be read (IOException). The application&#39;s log says more.";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Costs_Untracked_SaysTheLineToAdd()
    {
        await using var host = await DashboardHost.StartAsync();

        var page = await host.GetAsync("/costs");

        Assert.Contains("<pre><code>services.AddAgentObservability().AddCostTracking()</code></pre>", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<table", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Costs_WithoutCalls_SaysSo()
    {
        await using var host = await StartAsync();

        var page = await host.GetAsync("/costs");

        Assert.Contains("<dt>Cost (sum of leaf calls)</dt><dd class=\"\">none</dd>", page, StringComparison.Ordinal);
        Assert.Contains("No call was priced in this time.", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<svg class=\"chart\"", page, StringComparison.Ordinal);
        Assert.DoesNotContain("$0", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Costs_ByModel_HasSharesCountsAndCorrections()
    {
        var first = CostRecords.Call(1, "gpt-5", 0.75m);
        await using var host = await StartAsync(
            first,
            CostRecords.Call(2, "gpt-5", total: null),
            CostRecords.Call(3, "<b>m</b>", 0.20m),
            CostRecords.Call(4, "none", total: null),
            CostRecords.Correction(5, first, 0.05m));

        var page = await host.GetAsync("/costs");

        Assert.Contains("<dt>Cost (sum of leaf calls)</dt><dd class=\"\">$1.0000 + 2 unpriced</dd>", page, StringComparison.Ordinal);
        Assert.Contains("<dt>Corrections</dt><dd class=\"\">1</dd>", page, StringComparison.Ordinal);
        Assert.Equal(
            [
                ["gpt-5", "$0.8000 + 1 unpriced", "80 %", "2", "200 / 20", "1", "0", "0", "1"],
                ["&lt;b&gt;m&lt;/b&gt;", "$0.2000", "20 %", "1", "100 / 10", "0", "0", "0", "0"],
                ["none", "unpriced", "", "1", "100 / 10", "1", "0", "0", "0"],
                ["All calls", "$1.0000 + 2 unpriced", "100 %", "4", "400 / 40", "2", "0", "0", "1"],
            ],
            RowsOf(page));
        Assert.DoesNotContain("<b>m", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Costs_EstimatedAndPartialCalls_AreCounted()
    {
        await using var host = await StartAsync(
            CostRecords.Call(1, "m", 1m) with { Receipt = CostRecords.Receipt(1m, CostCompleteness.Estimated) },
            CostRecords.Call(2, "m", 1m) with { Receipt = CostRecords.Receipt(1m, CostCompleteness.Partial) },
            CostRecords.Call(3, "m", 2m) with { Receipt = CostRecords.Receipt(2m, CostCompleteness.Partial) });

        Assert.Equal(["m", "$4.0000", "100 %", "3", "300 / 30", "0", "1", "2", "0"], RowsOf(await host.GetAsync("/costs"))[0]);
    }

    [Fact]
    public async Task Costs_OfUnpricedCallsAlone_AreNeverZero()
    {
        await using var host = await StartAsync(CostRecords.Call(1, "m", total: null));

        var page = await host.GetAsync("/costs");

        Assert.DoesNotContain("$0", page, StringComparison.Ordinal);
        Assert.Contains(" UTC: 1 unpriced</title></text>", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Costs_ABar_LeadsToItsHour_WhichHasTheSameSum()
    {
        await using var host = await StartAsync(
            CostRecords.Call(1, "m", 0.25m, minutes: 30), CostRecords.Call(2, "m", 0.50m, minutes: 31), CostRecords.Call(3, "m", 1m, minutes: 90), CostRecords.Call(4, "m", 1m, minutes: 91));

        var bars = BarsOf(await host.GetAsync("/costs"));

        // From half past twelve to half past twelve: 25 hours have a part in it, and the first and the last are cut.
        Assert.Equal(25, bars.Count);
        Assert.Equal(("/aiobs/costs?from=2026-01-30T12%3A30%3A00.0000000Z&to=2026-01-30T12%3A59%3A59.9999999Z", "2026-01-30 12:00 UTC: nothing"), bars[0]);
        Assert.Equal(("/aiobs/costs?from=2026-01-31T11%3A00%3A00.0000000Z&to=2026-01-31T11%3A59%3A59.9999999Z", "2026-01-31 11:00 UTC: $1.5000"), bars[23]);
        Assert.Equal(("/aiobs/costs?from=2026-01-31T12%3A00%3A00.0000000Z&to=2026-01-31T12%3A30%3A00.0000000Z", "2026-01-31 12:00 UTC: $0.2500"), bars[24]);
        var narrower = await host.GetAsync(bars[23].Href["/aiobs".Length..]);
        Assert.Contains("<li>by 5 minutes, UTC</li>", narrower, StringComparison.Ordinal);
        Assert.Equal(["m", "$1.5000", "100 %", "2", "200 / 20", "0", "0", "0", "0"], RowsOf(narrower)[0]);
        Assert.Equal(12, BarsOf(narrower).Count);
    }

    [Theory]
    [InlineData("1h", 13, "by 5 minutes, UTC")]
    [InlineData("7d", 8, "by day, UTC")]
    [InlineData("30d", 31, "by day, UTC")]
    public async Task Costs_ARange_HasBarsThatFitIt(string range, int count, string parts)
    {
        await using var host = await StartAsync(CostRecords.Call(1, "m", 1m));

        var page = await host.GetAsync($"/costs?range={range}");

        Assert.Equal(count, BarsOf(page).Count);
        Assert.Contains(parts, page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("from=0001-01-01&to=9999-12-31T23:59:59.9999999Z")]
    [InlineData("to=0001-01-01")]
    [InlineData("from=2026-02-01&to=2026-01-01")]
    [InlineData("by=nothing&range=never")]
    public async Task Costs_AStrangeTime_IsAPageAllTheSame(string query)
    {
        await using var host = await StartAsync(CostRecords.Call(1, "m", 1m));

        Assert.DoesNotContain("class=\"fault\"", await host.GetAsync($"/costs?{query}"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Costs_MoreKeysThanLooks_PutTheRestTogether()
    {
        await using var host = await StartAsync([.. Enumerable.Range(1, 10).Select(static number => CostRecords.Call(number, $"m{number}", number))]);

        var page = await host.GetAsync("/costs");

        Assert.Contains("""<rect class="rest" x="0" y="0" width="12" height="12"></rect></svg><bdi>the rest</bdi></li>""", page, StringComparison.Ordinal);
        Assert.Contains("· the rest: $3.0000</title>", page, StringComparison.Ordinal);
        Assert.Contains("· m3: $3.0000</title>", page, StringComparison.Ordinal);
        Assert.Equal("m10", RowsOf(page)[0][0]);
        Assert.Equal(11, RowsOf(page).Count);
    }

    [Theory]
    [InlineData("provider", "openai", "/aiobs/costs?provider=openai&by=model")]
    [InlineData("user", "ann", "/aiobs/costs?user=ann&by=model")]
    [InlineData("tag", "red", "/aiobs/costs?tag=red&by=model")]
    [InlineData("agent", "desk", "/aiobs/traces?agent=desk")]
    [InlineData("conversation", "c-1", "/aiobs/costs?conversation=c-1&by=model")]
    public async Task Costs_ToldApart_LeadToWhatHasTheValue(string by, string value, string link)
    {
        await using var host = await StartAsync(
            CostRecords.Call(1, "m", 3m) with { Provider = "openai", UserId = "ann", Tags = ["red"], AgentName = "desk", ConversationId = "c-1" }, CostRecords.Call(2, "m", 1m));

        var page = await host.GetAsync($"/costs?by={by}");

        Assert.Equal([value, $"no {by}", "All calls"], RowsOf(page).Select(static row => row[0]));
        Assert.Contains($"""<th scope="row"><a class="value" href="{link.Replace("&", "&amp;", StringComparison.Ordinal)}"><bdi>{value}</bdi></a></th>""", page, StringComparison.Ordinal);
        Assert.Equal(by == "tag", page.Contains("A call with several tags counts to each of them", StringComparison.Ordinal));
        Assert.Contains($"""&amp;by={by}">""", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Costs_Filtered_KeepToWhatTheyCan_AndSayWhatTheyCannot()
    {
        await using var host = await StartAsync(CostRecords.Call(1, "m", 3m) with { UserId = "ann" }, CostRecords.Call(2, "m", 1m));

        var page = await host.GetAsync("/costs?user=ann&agent=desk");

        Assert.Equal("$3.0000", RowsOf(page)[0][1]);
        Assert.Contains("Costs are not filtered by agent.", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Costs are not filtered", await host.GetAsync("/costs?user=ann"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Costs_WhatAFullMemoryDropped_IsSaid()
    {
        await using var host = await DashboardHost.StartAsync(
            static root => root.AddCostTracking(static options => options.StoreCapacity = 1), services: static services => services.AddSingleton<TimeProvider>(new TestClock(CostRecords.Now)));
        await host.Costs.RecordAsync(CostRecords.Call(1, "m", 1m), Token);
        await host.Costs.RecordAsync(CostRecords.Call(2, "m", 1m), Token);

        Assert.Contains("The memory store dropped 1 older records", await host.GetAsync("/costs"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Costs_APartThatFails_LeavesTheOthersStanding()
    {
        await using var sum = await StartAsync(new FailingCostStore { FailsSum = true });
        await using var groups = await StartAsync(new FailingCostStore { FailsGroups = true });
        await using var series = await StartAsync(new FailingCostStore { FailsSeries = true });

        var (withoutSum, withoutGroups, withoutSeries) = (await sum.GetAsync("/costs"), await groups.GetAsync("/costs"), await series.GetAsync("/costs"));

        Assert.All([withoutSum, withoutGroups, withoutSeries], static page => Assert.Single(Regex.Matches(page, Regex.Escape(Unread))));
        Assert.Equal([["m", "$1.0000", "", "1", "100 / 10", "0", "0", "0", "0"]], RowsOf(withoutSum));
        Assert.Equal(25, BarsOf(withoutSum).Count);
        Assert.Contains("<dt>Calls</dt><dd class=\"\">1</dd>", withoutGroups, StringComparison.Ordinal);
        Assert.Equal(25, BarsOf(withoutGroups).Count);
        Assert.Equal(2, RowsOf(withoutSeries).Count);
        Assert.Empty(BarsOf(withoutSeries));
        Assert.Equal(LogLevel.Warning, Assert.Single(sum.Logs.GetSnapshot(), static entry => entry.Category == "AiObs" && entry.Id.Id == 100).Level);
    }

    private static Task<DashboardHost> StartAsync(params CostRecord[] records) => StartAsync(new InMemoryCostStore(), records);

    private static Task<DashboardHost> StartAsync(FailingCostStore store) => StartAsync(store, CostRecords.Call(1, "m", 1m));

    private static async Task<DashboardHost> StartAsync(ICostStore store, params CostRecord[] records)
    {
        var host = await DashboardHost.StartAsync(
            static root => root.AddCostTracking(),
            services: services => services.AddSingleton(store).AddSingleton<TimeProvider>(new TestClock(CostRecords.Now)));
        foreach (var record in records)
        {
            await store.RecordAsync(record, Token);
        }

        return host;
    }

    /// <summary>Reads the rows of the last table of a page: that of the groups.</summary>
    private static List<string[]> RowsOf(string page)
    {
        var table = page[(page.LastIndexOf("<tbody>", StringComparison.Ordinal) + 1)..];
        return [.. Row().Matches(table).Select(static row => Cell().Matches(row.Value).Select(static cell => Tag().Replace(cell.Groups[1].Value, "")).ToArray())];
    }

    private static List<(string Href, string Text)> BarsOf(string page) =>
        [.. Bar().Matches(page).Select(static bar => (WebUtility.HtmlDecode(bar.Groups[1].Value), bar.Groups[2].Value))];

    [GeneratedRegex("<tr>.*?</tr>", RegexOptions.Singleline)]
    private static partial Regex Row();

    [GeneratedRegex("<t[hd][^>]*>(.*?)</t[hd]>", RegexOptions.Singleline)]
    private static partial Regex Cell();

    [GeneratedRegex("<[^>]*>")]
    private static partial Regex Tag();

    [GeneratedRegex("<a href=\"([^\"]*)\" aria-label=\"([^\"]*)\"><rect class=\"hit\"")]
    private static partial Regex Bar();
}
