using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using AiObs.TestSupport;
using AiObs.TestSupport.Stubs;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;
using Microsoft.Extensions.Options;

namespace AiObs.Tests;

/// <summary>A context that goes from one root over real HTTP to another one.</summary>
public sealed class BaggageTests : IAsyncLifetime
{
    private static readonly string[] AllKeys = ["aiobs.conversation_id", "aiobs.user_id", "aiobs.session_id", "aiobs.tags"];

    private readonly ConcurrentQueue<string> _headers = new();
    private readonly WebApplication _app = CreateServer();
    private ObservedRoot? _sender;
    private ObservedRoot? _receiver;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _app.Run(async context =>
        {
            _headers.Enqueue(context.Request.Headers["baggage"].ToString());
            if (_receiver is not null)
            {
                await _receiver.AskAsync(new StubChatClient());
            }
        });
        await _app.StartAsync(Token);
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _receiver?.Dispose();
        _sender?.Dispose();
    }

    [Fact]
    public async Task SentBaggage_KeysThatTheNextProcessTakes_StandOnItsSpans()
    {
        Receive(AllKeys);

        await SendAsync(AllKeys, () => AgentContext.Begin("c 42", "ü,7", "s=1", ["beta", "a,b%"]));

        Assert.Equal(["aiobs.conversation_id=c%2042,aiobs.user_id=%C3%BC%2C7,aiobs.session_id=s%3D1,aiobs.tags=beta%2Ca%252Cb%2525"], _headers);
        var span = _receiver!.Spans.Only();
        Assert.Equal(
            ("c 42", "ü,7", "s=1"),
            (span.GetTagItem("gen_ai.conversation.id"), span.GetTagItem("user.id"), span.GetTagItem("session.id")));
        Assert.Equal(["beta", "a,b%"], Assert.IsType<string[]>(span.GetTagItem("tag.tags")));
    }

    [Fact]
    public async Task Context_NothingChosen_StaysInTheProcess()
    {
        Receive(AllKeys);

        await SendAsync([], () => AgentContext.Begin("c-42", "u-7"));

        Assert.Equal([""], _headers);
        Assert.Null(_receiver!.Spans.Only().GetTagItem("user.id"));
    }

    [Fact]
    public async Task ReceivedBaggage_OneKey_IsAllThatIsTaken()
    {
        Receive("aiobs.session_id");

        await SendAsync(AllKeys, () => AgentContext.Begin("c-42", "u-7", "s-1"));

        var span = _receiver!.Spans.Only();
        Assert.Equal(("s-1", null, "s-1"), (span.GetTagItem("gen_ai.conversation.id"), span.GetTagItem("user.id"), span.GetTagItem("session.id")));
    }

    [Fact]
    public async Task Context_ReceivedByARootThatTakesNothing_IsNotTaken()
    {
        Receive();

        await SendAsync(AllKeys, () => AgentContext.Begin("c-42", "u-7"));

        Assert.Equal(["aiobs.conversation_id=c-42,aiobs.user_id=u-7"], _headers);
        Assert.Null(_receiver!.Spans.Only().GetTagItem("user.id"));
    }

    [Fact]
    public async Task Send_MoreThanTheLimit_LeavesOutWhatDoesNotFitAndCountsIt()
    {
        await SendAsync(AllKeys, () => AgentContext.Begin(new string('c', 8_200), "u-7"));

        Assert.Equal(["aiobs.user_id=u-7"], _headers);
        var drop = _sender!.Metrics.Only("aiobs.drops");
        Assert.Equal((1L, "baggage"), (drop.Value, drop.Tags["aiobs.part"]));
    }

    [Fact]
    public async Task Receive_MoreThanTheLimit_TakesNothingAndCountsIt()
    {
        Receive(AllKeys);
        using var client = new HttpClient();
        client.DefaultRequestHeaders.Add("baggage", $"aiobs.user_id=u-7,aiobs.tags={new string('t', 8_190)}");

        await client.GetAsync(_app.Urls.First(), Token);

        Assert.Null(_receiver!.Spans.Only().GetTagItem("user.id"));
        var drop = _receiver.Metrics.Only("aiobs.drops");
        Assert.Equal((1L, "baggage"), (drop.Value, drop.Tags["aiobs.part"]));
    }

    [Fact]
    public async Task Send_BaggageOfOthers_StaysBesideOurs()
    {
        await SendAsync(["aiobs.user_id"], () =>
        {
            Activity.Current!.AddBaggage("tenant", "acme").AddBaggage("aiobs.session_id", "of an earlier request");
            return AgentContext.Begin(userId: "u-7", sessionId: "s-1");
        });

        Assert.Equal(["tenant=acme,aiobs.user_id=u-7"], _headers.Select(header => header.Replace(" ", "", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Send_RequestOfAModelCall_HasNothingOfOurs()
    {
        var model = new StubChatClient
        {
            OnResponse = async _ =>
            {
                await GetAsync();
                return new ChatResponse(new ChatMessage(ChatRole.Assistant, "Hello."));
            },
        };
        _sender = new ObservedRoot(o => o.SentBaggage.Add("aiobs.user_id"));
        using var activity = new Activity("request").AddBaggage("aiobs.user_id", "of an earlier request").Start();
        using (AgentContext.Begin(userId: "u-7"))
        {
            await _sender.AskAsync(model);
        }

        Assert.Equal([""], _headers);
    }

    [Fact]
    public async Task Send_OutsideOfEveryActivity_HasNoBaggage()
    {
        _sender = new ObservedRoot(o => o.SentBaggage.Add("aiobs.user_id"));
        Activity.Current = null;

        using (AgentContext.Begin(userId: "u-7"))
        {
            await GetAsync();
        }

        Assert.Equal([""], _headers);
    }

    [Fact]
    public void Options_UnknownKey_IsRefused()
    {
        var exception = Assert.Throws<OptionsValidationException>(() => AgentObservability.Create(builder => builder.Configure(o =>
        {
            o.SentBaggage.Add("aiobs.secret");
            o.ReceivedBaggage.Add("user");
        })));

        Assert.Equal(
            [
                "AgentObservability:SentBaggage has the unknown key aiobs.secret. Use aiobs.conversation_id, aiobs.user_id, aiobs.session_id, aiobs.tags.",
                "AgentObservability:ReceivedBaggage has the unknown key user. Use aiobs.conversation_id, aiobs.user_id, aiobs.session_id, aiobs.tags.",
            ],
            exception.Failures);
    }

    private static WebApplication CreateServer()
    {
        var builder = WebApplication.CreateSlimBuilder();

        // ASP.NET Core reads baggage where somebody wants its logs or its spans.
        builder.Logging.ClearProviders().AddProvider(new FakeLoggerProvider());
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        return builder.Build();
    }

    private void Receive(params string[] keys) => _receiver = new ObservedRoot(o => Add(o.ReceivedBaggage, keys));

    private async Task SendAsync(string[] keys, Func<IDisposable> begin)
    {
        _sender = new ObservedRoot(o => Add(o.SentBaggage, keys));
        using var activity = new Activity("request").Start();
        using (begin())
        {
            await GetAsync();
        }
    }

    private async Task GetAsync()
    {
        using var handler = new SocketsHttpHandler { ActivityHeadersPropagator = new AgentContextPropagator(_sender!.Root) };
        using var client = new HttpClient(handler);
        using var response = await client.GetAsync(_app.Urls.First(), Token);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    private static void Add(IList<string> list, string[] keys)
    {
        foreach (var key in keys)
        {
            list.Add(key);
        }
    }
}
