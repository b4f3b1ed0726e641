using AiObs.Cost.Budgets;
using AiObs.TestSupport;
using AiObs.TestSupport.Stubs;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;

namespace AiObs.Dashboard.Tests.Budgets;

public sealed class BudgetPageTests
{
    private readonly TestClock _clock = new();

    [Fact]
    public async Task Page_WithoutCostTracking_SaysWhichLineAddsIt()
    {
        await using var host = await DashboardHost.StartAsync();

        Assert.Contains(
            "<p>Nothing is priced, so that no budget can hold.</p><pre><code>services.AddAgentObservability().AddCostTracking();</code></pre>",
            await host.GetAsync("/budgets"),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Page_WithoutABudget_SaysWhichLineAddsOne()
    {
        await using var host = await DashboardHost.StartAsync(static root => root.AddCostTracking());

        Assert.Contains("o.Budgets.Add(new Budget { Name = &quot;day&quot;, Limit = 20", await host.GetAsync("/budgets"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Row_OfADayOfWhichAQuarterIsSpentInAnHour_TellsAllOfIt()
    {
        await using var host = await StartAsync(static budgets => budgets.Add(new() { Name = "day", Limit = 0.003m }));
        await SpendAsync(host);

        var text = await host.GetAsync("/budgets");

        Assert.Contains("""<td><bdi>day</bdi></td><td>all calls</td><td>day</td>""", text, StringComparison.Ordinal);
        Assert.Contains("""aria-label="25 % spent, 0 % reserved, 0 % kept free">""", text, StringComparison.Ordinal);
        Assert.Contains("""<rect class="spent" x="0" y="1" width="25" height="8"/></svg>""", text, StringComparison.Ordinal);
        Assert.Contains("""<td class="n">$0.000750</td><td class="n">$0.0000</td><td class="n">$0.0000</td>""", text, StringComparison.Ordinal);
        Assert.Contains("""<time datetime="2026-01-02T00:00:00.000Z" """, text, StringComparison.Ordinal);

        // A quarter in an hour is 6 times as fast as evenly; the rest lasts 3 hours.
        Assert.Contains("""<td class="n">× 6</td><td><span class="bad"><time datetime="2026-01-01T03:00:00.000Z" """, text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Row_OfABudgetThatLastsOrIsUsedUp_SaysSo()
    {
        await using var host = await StartAsync(static budgets =>
        {
            budgets.Add(new() { Name = "large", Limit = 1 });
            budgets.Add(new() { Name = "life", Limit = 1_000_000, Window = BudgetWindow.Lifetime });
            budgets.Add(new() { Name = "small", Limit = 0.0005m, Mode = BudgetMode.Warn });
            budgets.Add(new() { Name = "tokens", TokenLimit = 10_000 });
        });
        await SpendAsync(host);

        var text = await host.GetAsync("/budgets");

        Assert.Equal(["small", "tokens", "large", "life"], new[] { "large", "life", "small", "tokens" }.OrderBy(name => text.IndexOf($"<bdi>{name}</bdi>", StringComparison.Ordinal)));
        Assert.Contains("""<rect class="over" x="0" y="1" width="100" height="8"/>""", text, StringComparison.Ordinal);
        Assert.Contains("""<span class="bad">used up</span>""", text, StringComparison.Ordinal);
        Assert.Contains("<td>the end of its window</td>", text, StringComparison.Ordinal);
        Assert.Contains("<td>more than a year</td>", text, StringComparison.Ordinal);
        Assert.Contains("""<td class="n">2,000 tokens</td>""", text, StringComparison.Ordinal);
        _clock.SetUtcNow(_clock.GetUtcNow().AddHours(2));
        Assert.Contains("<td>nothing spent lately</td>", await host.GetAsync("/budgets"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rows_OfMoreThanTwoHundredUsersOfHostileNames_AreCutAndText()
    {
        await using var host = await StartAsync(static budgets => budgets.Add(new() { Name = "user", Scope = BudgetScope.User, Limit = 1 }));
        for (var user = 0; user < 201; user++)
        {
            using (AgentContext.Begin(userId: $"<script>alert({user})</script>\u202e"))
            {
                await SpendAsync(host);
            }
        }

        var text = await host.GetAsync("/budgets");

        Assert.DoesNotContain("<script>alert", text, StringComparison.Ordinal);
        Assert.DoesNotContain('\u202e', text);
        Assert.Contains("<td>user <bdi>&lt;script&gt;alert(0)", text, StringComparison.Ordinal);
        Assert.Contains("The 200 of which the most is used, of 201.", text, StringComparison.Ordinal);
        Assert.Equal(201, text.Split("<tr>").Length - 1);
    }

    private static async Task SpendAsync(DashboardHost host) => await Calls.MakeAsync(Calls.Priced.UseAgentObservability(host.Observability), isStreaming: false);

    private Task<DashboardHost> StartAsync(Action<IList<Budget>> configure) => DashboardHost.StartAsync(
        root =>
        {
            root.Services.AddSingleton<TimeProvider>(_clock);
            root.AddCostTracking(options => configure(options.Budgets));
        });
}
