using AiObs.Events;
using AiObs.TestSupport;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;

namespace AiObs.Dashboard.Tests.Access;

/// <summary>Who looked at what is an event, where the options ask for that.</summary>
public sealed class RecordViewsTests
{
    [Theory(Timeout = HangGuard.Milliseconds)]
    [InlineData("/traces/{id}", "local /traces/{id} {id} True")]
    [InlineData("/traces/{id}/spans/{spanId}", "local /traces/{id}/spans/{spanId} {id} {spanId} True")]
    [InlineData("/conversations/chat?id=conversation-1", "local /conversations/chat conversation-1 True")]
    [InlineData("/costs", "local /costs True")]
    [InlineData("/export/{id}.json", "local /export/{id}.json {id} True")]
    public async Task Look_FromThisMachine_IsAnEvent(string path, string expected)
    {
        var sink = new InMemoryEventSink();
        await using var host = await StartAsync(sink, isOn: true);
        var seed = await Seed.FillAsync(host.Observability, host.Traces);

        await host.GetAsync(Fill(path, seed));

        Assert.Equal(expected.Split(' ', 3) is [var who, var route, var rest] ? $"{who} {route} {Fill(rest, seed)}" : expected, Assert.Single(Looks(sink)));
    }

    [Fact(Timeout = HangGuard.Milliseconds)]
    public async Task Look_OfWhoIsSignedIn_NamesThem()
    {
        var sink = new InMemoryEventSink();
        await using var host = await StartAsync(sink, isOn: true, static group => group.RequireAuthorization());

        using var response = await host.SendAsync("/traces", Asked.As("ops"));

        Assert.Equal("ada /traces True", Assert.Single(Looks(sink)));
    }

    [Fact(Timeout = HangGuard.Milliseconds)]
    public async Task Look_WhereNobodyAskedForIt_IsNoEvent()
    {
        var sink = new InMemoryEventSink();
        await using var host = await StartAsync(sink, isOn: false);
        var seed = await Seed.FillAsync(host.Observability, host.Traces);

        foreach (var page in Pages.Finite)
        {
            await host.GetAsync(page.Address(seed));
        }

        Assert.Empty(Looks(sink));
    }

    [Fact(Timeout = HangGuard.Milliseconds)]
    public async Task Look_ThatWasRefused_IsNoEvent()
    {
        var sink = new InMemoryEventSink();
        await using var host = await StartAsync(sink, isOn: true);

        using var response = await host.SendAsync("/traces", Asked.Rebound);

        Assert.Empty(Looks(sink));
    }

    private static Task<DashboardHost> StartAsync(InMemoryEventSink sink, bool isOn, Action<RouteGroupBuilder>? map = null) => DashboardHost.StartAsync(
        root =>
        {
            Seed.Observe(root);
            root.AddEventSink(sink, static options => (options.Delivery, options.DurableTimeout) = (EventDelivery.Durable, HangGuard.Limit));
        },
        options => options.RecordViews = isOn,
        static services => HeaderAuthentication.Add(services, "ops"),
        map: map);

    private static string Fill(string text, Seed seed) =>
        text.Replace("{id}", seed.TraceId, StringComparison.Ordinal).Replace("{spanId}", seed.SpanId, StringComparison.Ordinal);

    private static IEnumerable<string> Looks(InMemoryEventSink sink) => sink.Events
        .Where(static item => item.Type == AgentEventTypes.DashboardViewed)
        .Select(static item => string.Join(' ', item.Data.Select(static pair => pair.Value)));
}
