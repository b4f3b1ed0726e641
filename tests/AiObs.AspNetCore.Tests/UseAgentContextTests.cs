using System.Net;
using System.Security.Claims;
using AiObs.TestSupport;
using AiObs.TestSupport.Stubs;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;

namespace AiObs.AspNetCore.Tests;

public sealed class UseAgentContextTests : IAsyncLifetime
{
    private readonly string _source = $"web-{Guid.NewGuid():N}";
    private readonly SpanCollector _spans;
    private readonly FakeLogCollector _logs = new();
    private readonly HttpClient _client = new();
    private WebApplication? _app;

    public UseAgentContextTests() => _spans = new SpanCollector(_source);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        if (_app is not null)
        {
            await _app.DisposeAsync();
        }

        _spans.Dispose();
    }

    [Fact]
    public async Task Request_ClaimHeaderAndRoute_StandOnItsSpans()
    {
        await StartAsync(c =>
        {
            c.User = http => http.User.FindFirst("sub")?.Value;
            c.Session = http => http.Request.Headers["X-Session-Id"];
            c.Conversation = http => (string?)http.GetRouteValue("conversation");
        });

        await GetAsync("chat/c-42", "s-1");

        Assert.Equal(("c-42", "u-7", "s-1"), ContextOf(0));
    }

    [Fact]
    public async Task Requests_OneAfterTheOther_DoNotShareTheirValues()
    {
        await StartAsync(c => c.Session = http => http.Request.Headers["X-Session-Id"]);

        await GetAsync("chat/c-1", "s-1");
        await GetAsync("chat/c-2");

        Assert.Equal(("s-1", null, "s-1"), ContextOf(0));
        Assert.Equal((null, null, null), ContextOf(1));
    }

    [Fact]
    public async Task Selector_Throws_GivesNoValueAndIsLoggedOnce()
    {
        await StartAsync(c =>
        {
            c.User = _ => throw new InvalidOperationException("secret of the request");
            c.Conversation = http => (string?)http.GetRouteValue("conversation");
        });

        await GetAsync("chat/c-1");
        await GetAsync("chat/c-2");

        Assert.Equal(("c-1", null, "c-1"), ContextOf(0));
        Assert.Equal(("c-2", null, "c-2"), ContextOf(1));
        Assert.Equal(
            [
                "The selector User of UseAgentContext failed with System.InvalidOperationException, so what is observed in the request does not have its value. "
                + "Further failures of it are not logged.",
            ],
            _logs.GetSnapshot().Where(record => record.Category == "AiObs" && record.Level >= LogLevel.Warning).Select(record => record.Message));
    }

    [Fact]
    public async Task UseAgentContext_NoSelector_IsRefused()
    {
        await using var app = WebApplication.CreateSlimBuilder().Build();

        var exception = Assert.Throws<ArgumentException>("configure", () => app.UseAgentContext(_ => { }));

        Assert.StartsWith("No selector is set. Set User, Session or Conversation, or leave UseAgentContext out.", exception.Message, StringComparison.Ordinal);
    }

    private (object? Conversation, object? User, object? Session) ContextOf(int request)
    {
        var span = _spans.Spans[request];
        return (span.GetTagItem("gen_ai.conversation.id"), span.GetTagItem("user.id"), span.GetTagItem("session.id"));
    }

    private async Task GetAsync(string path, string? session = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(new Uri(_app!.Urls.First()), path));
        if (session is not null)
        {
            request.Headers.Add("X-Session-Id", session);
        }

        using var response = await _client.SendAsync(request, Token);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    private async Task StartAsync(Action<AgentContextSelectors> configure)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders().AddProvider(new FakeLoggerProvider(_logs));
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        builder.Services.AddSingleton<IChatClient>(new StubChatClient());
        builder.Services.AddAgentObservability(o => o.SourceName = _source).ObserveChatClients();
        _app = builder.Build();
        _app.UseRouting();
        _app.Use((context, next) =>
        {
            context.User = new ClaimsPrincipal(new ClaimsIdentity([new Claim("sub", "u-7")], "test"));
            return next(context);
        });
        _app.UseAgentContext(configure);
        _app.MapGet("chat/{conversation}", async (IChatClient client) => (await client.GetResponseAsync("Hi", cancellationToken: Token)).Text);
        await _app.StartAsync(Token);
    }
}
