using System.Net;
using AiObs.Dashboard.Tests.Costs;
using AiObs.Operations;
using AiObs.Store;
using AiObs.TestSupport;
using Microsoft.Extensions.DependencyInjection;

namespace AiObs.Dashboard.Tests.Conversations;

public sealed class KeptConversationListTests
{
    private const string RowStart = "<tr><td><time";
    private const string RowEnd = "</tr>";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact(Timeout = HangGuard.Milliseconds)]
    public async Task List_OfTheStore_HasAllTenantsWithWhatTheirCallsCost()
    {
        await using var host = await StartAsync(new FailingConversationStore(), static root => root.AddCostTracking());
        await KeptConversations.FillAsync(Store(host), "c-1", "Where is my order?", "hello", "shop");
        await host.Costs.RecordAsync(CostRecords.Call(1, "gpt-5-mini", 0.25m) with { ConversationId = "c-1" }, Token);

        var rows = Rows(await host.GetAsync("/conversations"));

        var sum = await host.Costs.SumAsync(new() { ConversationId = "c-1" }, Token);
        var spent = $"1 {sum.InputTokens:N0} / {sum.OutputTokens:N0} $0.2500";
        Assert.Equal(
            [
                $"2026-03-01 13:00:00\">2026-03-01 13:00:00 Where is my order? shop's tenant shop shop 1 {spent} hidden 2026-03-01 13:00:00",
                $"2026-03-01 12:03:00\">2026-03-01 12:03:00 Where is my order? shop shop 6 {spent} expires 2226-03-01 12:00:00",
            ],
            rows.Select(static row => row[(row.IndexOf("title=\"", StringComparison.Ordinal) + 7)..].Replace(" UTC\"", "\"", StringComparison.Ordinal)).Order(StringComparer.Ordinal).Reverse());
    }

    [Fact(Timeout = HangGuard.Milliseconds)]
    public async Task List_WhereNothingIsPriced_HasWhatTracesKnow()
    {
        await using var host = await StartAsync(new FailingConversationStore());
        await Store(host).CommitAsync(new() { ConversationId = "c-1", At = KeptConversations.Start, Create = new() { Id = "c-1" } }, Token);
        await host.Traces.AppendAsync(
            [Spans.Make(1, 1, kind: OperationKind.Chat) with { ConversationId = "c-1", InputTokens = 1_200, OutputTokens = 40 }, Spans.Make(2, 1, kind: OperationKind.Chat) with { ConversationId = "c-1", InputTokens = 10 }], Token);

        Assert.EndsWith(" c-1 0 2 1,210 / 40", Assert.Single(Rows(await host.GetAsync("/conversations"))), StringComparison.Ordinal);
    }

    [Fact(Timeout = HangGuard.Milliseconds)]
    public async Task List_FilteredByUserAndTag_HasThoseAlone()
    {
        await using var host = await StartAsync(new FailingConversationStore());
        foreach (var (id, user, tag) in (IEnumerable<(string, string, string)>)[("c-1", "ada", "red"), ("c-2", "ada", "blue"), ("c-3", "bob", "red")])
        {
            await Store(host).CommitAsync(new() { ConversationId = id, At = KeptConversations.Start, Create = new() { Id = id, UserId = user, Tags = [tag] } }, Token);
        }

        Assert.Contains("c-1", Assert.Single(Rows(await host.GetAsync("/conversations?user=ada&tag=red"))), StringComparison.Ordinal);
    }

    [Fact(Timeout = HangGuard.Milliseconds)]
    public async Task List_LongerThanAPage_HasEachOnce()
    {
        await using var host = await StartAsync(new FailingConversationStore());
        for (var number = 0; number < 60; number++)
        {
            await Store(host).CommitAsync(new() { ConversationId = $"c-{number}.", At = KeptConversations.Start.AddMinutes(number), Create = new() { Id = $"c-{number}." } }, Token);
        }

        await host.Traces.AppendAsync([Spans.Make(1, 1, kind: OperationKind.Chat) with { ConversationId = "in traces" }], Token);
        var first = await host.GetAsync("/conversations");
        using var response = await host.SendRawAsync(WebUtility.HtmlDecode(first.Split("<a rel=\"next\" href=\"")[1].Split('"')[0]));
        var second = await response.Content.ReadAsStringAsync(Token);

        Assert.All(Enumerable.Range(0, 60), number => Assert.Equal(number >= 10, first.Contains($"<bdi>c-{number}.</bdi>", StringComparison.Ordinal)));
        Assert.All(Enumerable.Range(0, 60), number => Assert.Equal(number < 10, second.Contains($"<bdi>c-{number}.</bdi>", StringComparison.Ordinal)));
        Assert.Equal((true, false), (first.Contains("<h2>In traces</h2>", StringComparison.Ordinal), second.Contains("<h2>In traces</h2>", StringComparison.Ordinal)));
    }

    [Fact(Timeout = HangGuard.Milliseconds)]
    public async Task List_WithoutAStore_SaysTheLineThatAddsOne()
    {
        await using var host = await DashboardHost.StartAsync();

        var page = await host.GetAsync("/conversations");

        Assert.Equal("services.AddAgentObservability().AddConversations();", PageText.Between(page, "<pre>", "</pre>")[^1]);
        Assert.DoesNotContain("<h2>Kept</h2>", page, StringComparison.Ordinal);
    }

    [Fact(Timeout = HangGuard.Milliseconds)]
    public async Task List_OfAnEmptyStore_SaysTheLineThatBeginsOne()
    {
        await using var host = await StartAsync(new FailingConversationStore());

        Assert.Equal(
            "services.AddAgentObservability().AddConversations(); await conversations.CreateAsync(new() { Id = \"c-42\", UserId = \"ada\" });",
            PageText.Between(await host.GetAsync("/conversations"), "<pre>", "</pre>")[0]);
    }

    [Fact(Timeout = HangGuard.Milliseconds)]
    public async Task List_OfAStoreThatIsAway_IsASentenceBesideThoseOfTraces()
    {
        await using var host = await StartAsync(new FailingConversationStore { FailsList = true });
        await host.Traces.AppendAsync([Spans.Make(1, 1, kind: OperationKind.Chat) with { ConversationId = "in traces" }], Token);

        var page = await host.GetAsync("/conversations");

        Assert.Equal(["This could not be read (IOException). The application's log says more."], PageText.Between(page, "<p class=\"fault\" role=\"status\">", "</p>"));
        Assert.Contains("<bdi>in traces</bdi>", page, StringComparison.Ordinal);
    }

    [Fact(Timeout = HangGuard.Milliseconds)]
    public async Task List_OfAnAddressThatWasChanged_SaysSo()
    {
        await using var host = await StartAsync(new FailingConversationStore());

        Assert.StartsWith("This page of the listing is not there", Assert.Single(PageText.Between(await host.GetAsync("/conversations?kept=nonsense"), "<p class=\"fault\" role=\"status\">", "</p>")), StringComparison.Ordinal);
    }

    private static IConversationStore Store(DashboardHost host) => host.Services.GetRequiredService<IConversationStore>();

    private static Task<DashboardHost> StartAsync(IConversationStore store, Action<AgentObservabilityBuilder>? observe = null) =>
        DashboardHost.StartAsync(observe, services: services => services.AddSingleton(store));

    private static IReadOnlyList<string> Rows(string page) => PageText.Between(page.Split("<h2>In traces</h2>")[0], RowStart, RowEnd);
}
