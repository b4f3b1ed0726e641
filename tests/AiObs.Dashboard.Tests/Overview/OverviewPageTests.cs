using AiObs.Cost.Budgets;
using AiObs.Dashboard.Tests.Costs;
using AiObs.Operations;
using AiObs.TestSupport.Stubs;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;

namespace AiObs.Dashboard.Tests.Overview;

public sealed class OverviewPageTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Overview_OfNothing_SaysTheLinesToAdd()
    {
        await using var host = await StoppedHost.StartAsync();

        var page = await host.GetAsync("/");

        Assert.Contains("<dt>Model calls</dt><dd class=\"\">0</dd>", page, StringComparison.Ordinal);
        Assert.Contains("<dt>p95</dt><dd class=\"\">none</dd>", page, StringComparison.Ordinal);
        Assert.Contains("<pre><code>services.AddAgentObservability().AddCostTracking()</code></pre>", page, StringComparison.Ordinal);
        Assert.Contains("Nothing failed in this time.", page, StringComparison.Ordinal);
        Assert.Contains("<pre><code>services.AddChatClient(client).UseAgentObservability()</code></pre>", page, StringComparison.Ordinal);
        Assert.Contains("<pre><code>AddCostTracking(o =&gt; o.Budgets.Add(new Budget { Name = &quot;everybody&quot;", page, StringComparison.Ordinal);
        Assert.DoesNotContain("class=\"fault\"", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Overview_OfATime_HasItsFactsCostsErrorsAndSlowest()
    {
        await using var host = await StoppedHost.StartAsync(
            StoppedHost.Store(),
            static root => root.AddCostTracking(),
            StoppedHost.Span(1, OperationKind.Chat, 400, minutes: 20, error: "late"),
            StoppedHost.Span(2, OperationKind.Chat, 100, minutes: 40, error: "early"),
            StoppedHost.Span(3, OperationKind.Chat, 100, minutes: 41, error: "early"),
            StoppedHost.Span(4, OperationKind.Agent, 9_000, minutes: 30) with { Name = "run <b>x</b>" },
            StoppedHost.Span(5, OperationKind.Chat, 8_000, minutes: 60 * 30));
        await host.Costs.RecordAsync(CostRecords.Call(1, "m", 0.25m), Token);
        await host.Costs.RecordAsync(CostRecords.Call(2, "m", total: null), Token);

        var page = await host.GetAsync("/");

        Assert.Contains("<dt>Model calls</dt><dd class=\"\">3</dd>", page, StringComparison.Ordinal);
        Assert.Contains("<dt>Failed</dt><dd class=\"bad\">3 (100 %)</dd>", page, StringComparison.Ordinal);
        Assert.Contains("<dt>Max</dt><dd class=\"\">400 ms</dd>", page, StringComparison.Ordinal);
        Assert.Contains("<dt>Cost (sum of leaf calls)</dt><dd class=\"\">$0.2500 + 1 unpriced</dd>", page, StringComparison.Ordinal);
        Assert.Contains("""<svg class="spark" viewBox="0 0 120 24" role="img" aria-label="Calls by hour">""", page, StringComparison.Ordinal);
        var rows = StoppedHost.RowsOf(page);
        Assert.Contains(["2026-01-31 12:00", "2", "200", "20"], rows);
        Assert.Contains(["2026-01-31 12:00", "$0.2500 + 1 unpriced", "$0.2500 + 1 unpriced"], rows);
        Assert.Equal(
            [["late", "1", "2026-01-31 12:10:00", "trace"], ["early", "2", "2026-01-31 11:50:00", "trace"]],
            rows.Where(static row => row[^1] == "trace"));
        Assert.Contains(["run &lt;b&gt;x&lt;/b&gt;", "9.00 s", "0", "2026-01-31 12:00:00"], rows);
        Assert.DoesNotContain("run <b>", page, StringComparison.Ordinal);
        Assert.Contains("""aria-current="page">Overview</a>""", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Overview_Budgets_HaveTheFullestFirst()
    {
        await using var host = await StoppedHost.StartAsync(StoppedHost.Store(), static root => root.AddCostTracking(static options =>
        {
            options.Budgets.Add(new Budget { Name = "wide", TokenLimit = 50_000 });
            options.Budgets.Add(new Budget { Name = "<b>tight</b>", TokenLimit = 2_500 });
            options.Budgets.Add(new Budget { Name = "money", Limit = 2.50m });
        }));
        using var client = new StubChatClient
        {
            OnResponse = static _ => Task.FromResult(new ChatResponse(new ChatMessage(ChatRole.Assistant, "Well.")) { Usage = new() { InputTokenCount = 200, OutputTokenCount = 50 } }),
        }.UseAgentObservability(host.Observability);
        await client.GetResponseAsync("Hi", new() { ModelId = "m" }, Token);

        var page = await host.GetAsync("/");

        Assert.Equal(
            [["&lt;b&gt;tight&lt;/b&gt;", "10 %", "250", "2,500"], ["wide", "0.5 %", "250", "50,000"], ["money", "0 %", "$0.0000", "$2.5000"]],
            StoppedHost.RowsOf(page).Where(static row => row.Length == 4 && row[1].EndsWith('%')));
        Assert.Contains("""<rect class="spent" x="0" y="1" width="10" height="8"/>""", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<b>tight", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Overview_Setup_CountsWhatTheDoctorFinds()
    {
        await using var well = await StoppedHost.StartAsync();
        await using var open = await DashboardHost.StartAsync(options: static options => options.Access = DashboardAccess.Anyone);

        var (found, foundOpen) = ((await well.Services.GetRequiredService<Doctor>().RunAsync(Token)).Count(static finding => finding.Severity == DoctorSeverity.Warning), await open.GetAsync("/"));

        Assert.Contains($"""The <a href="/aiobs/health">doctor</a> finds 0 errors and {found} warning""", await well.GetAsync("/"), StringComparison.Ordinal);
        Assert.Contains($"""The <a href="/aiobs/health">doctor</a> finds 0 errors and {found + 1} warning""", foundOpen, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Overview_APartThatFails_LeavesTheOthersStanding()
    {
        var span = StoppedHost.Span(1, OperationKind.Chat, 400, error: "late");
        await using var facets = await StoppedHost.StartAsync(new FailingTraceStore { FailsFacets = true }, static root => root.AddCostTracking(), span);
        await using var list = await StoppedHost.StartAsync(new FailingTraceStore { FailsList = true }, static root => root.AddCostTracking(), span);
        await using var latencies = await StoppedHost.StartAsync(new FailingTraceStore { FailsLatencies = true }, static root => root.AddCostTracking(), span);

        var (withoutErrors, withoutSlowest, withoutCalls) = (await facets.GetAsync("/"), await list.GetAsync("/"), await latencies.GetAsync("/"));

        Assert.All([withoutErrors, withoutSlowest, withoutCalls], static page => Assert.Equal(1, StoppedHost.CountOf(page, StoppedHost.Unread)));
        Assert.Contains("<dt>Model calls</dt><dd class=\"\">1</dd>", withoutErrors, StringComparison.Ordinal);
        Assert.Contains(["late", "1", "2026-01-31 12:20:00", "trace"], StoppedHost.RowsOf(withoutSlowest));
        Assert.Contains(["span 1", "400 ms", "1", "2026-01-31 12:20:00"], StoppedHost.RowsOf(withoutCalls));
    }
}
