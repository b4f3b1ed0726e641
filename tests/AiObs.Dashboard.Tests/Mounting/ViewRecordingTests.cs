using System.Net;
using System.Security.Claims;
using AiObs.Events;
using AiObs.TestSupport.Stubs;
using Microsoft.AspNetCore.Builder;

namespace AiObs.Dashboard.Tests.Mounting;

public sealed class ViewRecordingTests
{
    private readonly StubEventSink _sink = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Looks_ByDefault_RaiseNothing()
    {
        await using var host = await StartAsync(static _ => { });

        await host.GetAsync("/traces");

        Assert.Empty(await ViewsAsync(host));
    }

    [Fact]
    public async Task Looks_OfWhoSitsAtTheMachine_TellPageSubjectSpanAndContent()
    {
        await using var host = await StartAsync(static options => options.RecordViews = true);

        await host.GetAsync("/traces");
        using (await host.SendAsync("/traces/abc/spans/def"))
        {
        }

        using (await host.SendAsync("/conversations/chat?id=c%2F1"))
        {
        }

        using (await host.SendAsync("/_assets/x/y.css"))
        {
        }

        Assert.Equal(
            [
                "viewer=local page=/traces shows_content=True",
                "viewer=local page=/traces/{id}/spans/{spanId} subject=abc span=def shows_content=True",
                "viewer=local page=/conversations/chat subject=c/1 shows_content=True",
            ],
            await ViewsAsync(host));
    }

    [Fact]
    public async Task Looks_OfWhoIsSignedIn_TellTheName()
    {
        await using var host = await StartAsync(
            static options => (options.RecordViews, options.ShowContent) = (true, ContentVisibility.Never),
            use: static app => app.Use(static (http, next) =>
            {
                http.User = new(new ClaimsIdentity([new(ClaimTypes.Name, "ada")], "test"));
                return next(http);
            }));

        await host.GetAsync("/traces");

        Assert.Equal(["viewer=ada page=/traces shows_content=False"], await ViewsAsync(host));
    }

    [Fact]
    public async Task Looks_OfAnyoneElse_AreOfSomebodyUnknown()
    {
        await using var host = await StartAsync(static options => (options.RecordViews, options.Access) = (true, DashboardAccess.Anyone));

        using var response = await host.SendAsync("/traces", static request => request.Headers.Add("X-Forwarded-For", "10.0.0.1"));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(["viewer=unknown page=/traces shows_content=False"], await ViewsAsync(host));
    }

    [Fact]
    public async Task Looks_ThatAreRefused_RaiseNothing()
    {
        await using var host = await StartAsync(static options => options.RecordViews = true);

        using var response = await host.SendAsync("/traces", static request => request.Headers.Add("X-Forwarded-For", "10.0.0.1"));

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        Assert.Empty(await ViewsAsync(host));
    }

    [Fact]
    public async Task Subject_OfAnyLength_IsCut()
    {
        await using var host = await StartAsync(static options => options.RecordViews = true);

        using (await host.SendAsync($"/traces/{new string('a', 2_000)}"))
        {
        }

        Assert.Equal([$"viewer=local page=/traces/{{id}} subject={new string('a', 512)} shows_content=True"], await ViewsAsync(host));
    }

    [Fact]
    public async Task Look_ThatADurableSinkDoesNotConfirm_ShowsNothing()
    {
        _sink.OnWrite = static (_, _, _) => throw new InvalidOperationException("secret");
        await using var host = await StartAsync(
            static options => options.RecordViews = true,
            static options => (options.Delivery, options.ThrowOnFailure, options.DurableTimeout) = (EventDelivery.Durable, true, TimeSpan.FromMilliseconds(1)));

        using var response = await host.SendAsync("/traces");
        var text = await response.Content.ReadAsStringAsync(Token);
        _sink.OnWrite = static (_, _, _) => ValueTask.CompletedTask;

        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.StartsWith("503: this look could not be recorded.", text, StringComparison.Ordinal);
    }

    private Task<DashboardHost> StartAsync(Action<DashboardOptions> options, Action<EventSinkOptions>? sink = null, Action<WebApplication>? use = null) =>
        DashboardHost.StartAsync(root => root.AddEventSink(_sink, sink, "audit"), options, use: use);

    private async Task<IEnumerable<string>> ViewsAsync(DashboardHost host)
    {
        await host.Observability.Events.FlushAsync(Token);
        return _sink.Accepted.Where(static item => item.Type == AgentEventTypes.DashboardViewed)
            .Select(static item => string.Join(' ', item.Data.Select(static pair => $"{pair.Key}={pair.Value}")));
    }
}
