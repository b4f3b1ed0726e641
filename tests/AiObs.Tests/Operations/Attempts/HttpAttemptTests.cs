using System.Net;
using AiObs.TestSupport;
using AiObs.TestSupport.Stubs;
using AiObs.Tracing;
using FakeModelServer;
using Microsoft.Extensions.AI;

namespace AiObs.Tests.Operations.Attempts;

/// <summary>Puts a client over an <see cref="HttpClient"/> whose handler repeats requests, as resilience pipelines do.</summary>
public sealed class HttpAttemptTests : IAsyncLifetime
{
    private readonly ObservedRoot _root = new();
    private FakeServer _server = null!;

    private static CancellationToken TestToken => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _server = await FakeServer.StartAsync(cancellationToken: TestToken);

    public async ValueTask DisposeAsync()
    {
        _root.Dispose();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task Call_HandlerRepeats_CountsAttempts()
    {
        _server.Enqueue(ModelReply.Fail(503), ModelReply.Fail(429), ModelReply.Say("Sunny."));

        await CallAsync(PostAsync);

        var span = _root.Spans.Only();
        Assert.Equal(("3", "200"), AttemptTags.Of(span));
        Assert.Equal(
            "aiobs.attempt.failed\n  aiobs.attempt.number: long 1\n  error.type: string \"503\"\n  http.response.status_code: long 503\n"
            + "aiobs.attempt.failed\n  aiobs.attempt.number: long 2\n  error.type: string \"429\"\n  http.response.status_code: long 429",
            AttemptTags.EventsOf(span));
    }

    [Fact]
    public async Task Call_FurtherRequestsAfterARepeatedOne_AreNoAttempts()
    {
        _server.Enqueue(ModelReply.Fail(503), ModelReply.Say("One."), ModelReply.Say("Two."), ModelReply.Say("Three."));

        await CallAsync(async () =>
        {
            await PostAsync();
            await PostAsync();
            await PostAsync();
        });

        Assert.Equal(("2", "200"), AttemptTags.Of(_root.Spans.Only()));
    }

    [Fact]
    public async Task Call_RequestToAnotherHostFails_IsNoAttempt()
    {
        _server.Enqueue(ModelReply.Fail(503), ModelReply.Say("Sunny."));

        await CallAsync(PostAsync, new Uri("https://api.example.com"));

        Assert.Equal((null, null), AttemptTags.Of(_root.Spans.Only()));
    }

    [Fact]
    public async Task Call_RequestOfAToolFails_IsNoAttempt()
    {
        _server.Enqueue(ModelReply.Fail(503), ModelReply.Say("Sunny."));

        await CallAsync(() => _root.Root.Tracer.TraceToolAsync("look_up", new ToolStart { Arguments = "{}" }, _ => PostAsync(), TestToken));

        Assert.Equal((null, null), AttemptTags.Of(_root.Spans.Only("chat stub-model")));
    }

    [Fact]
    public async Task Call_OtherRootsListenToo_IsCountedOnce()
    {
        _server.Enqueue(ModelReply.Fail(503), ModelReply.Say("Sunny."));
        using var other = new ObservedRoot();

        await CallAsync(PostAsync);

        Assert.Equal(("2", "200"), AttemptTags.Of(_root.Spans.Only()));
    }

    [Fact]
    public async Task Call_ServerIsAwayThenBack_NamesWhatWentWrong()
    {
        _server.Enqueue(ModelReply.Say("Sunny."));

        await CallAsync(async () =>
        {
            using var client = new HttpClient();
            await Assert.ThrowsAsync<HttpRequestException>(() => client.GetAsync(new Uri("http://127.0.0.1:1/"), TestToken));
            await PostAsync();
        });

        var span = _root.Spans.Only();
        Assert.Equal(("2", "200"), AttemptTags.Of(span));
        Assert.Equal(
            "aiobs.attempt.failed\n  aiobs.attempt.number: long 1\n  error.type: string \"connection_error\"", AttemptTags.EventsOf(span));
    }

    [Fact]
    public async Task Call_RootDisposed_IsNotListenedToAnyMore()
    {
        _server.Enqueue(ModelReply.Fail(503), ModelReply.Say("Sunny."));

        await CallAsync(async () =>
        {
            _root.Root.Dispose();
            await PostAsync();
        });

        Assert.DoesNotContain(_root.Spans.Spans, static span => AttemptTags.Of(span) != (null, null));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("https://api.example.com")]
    public async Task Call_ThatSentSomethingWithoutWaiting_IsNotRefused(string? endpoint)
    {
        _server.Enqueue(ModelReply.Say("Sunny."));

        // The request is made as clients do that know no asynchronous calls.
        await Assert.ThrowsAsync<ArgumentException>(() => CallAsync(
            () =>
            {
                Task.Run(PostAsync, TestToken).GetAwaiter().GetResult();
                throw new ArgumentException("An answer that nobody understands.");
            },
            endpoint is null ? null : new Uri(endpoint)));

        Assert.Equal("System.ArgumentException", _root.Spans.Only().GetTagItem("error.type"));
    }

    private async Task CallAsync(Func<Task> send, Uri? endpoint = null)
    {
        var inner = new StubChatClient
        {
            OnResponse = async _ =>
            {
                await send();
                return new ChatResponse(new ChatMessage(ChatRole.Assistant, "Sunny."));
            },
            Metadata = new ChatClientMetadata("stub", endpoint ?? _server.BaseAddress, "stub-model"),
        };
        await _root.AskAsync(inner);
    }

    private async Task PostAsync()
    {
        using var client = new HttpClient(new RepeatingHandler());
        using var content = new StringContent("""{"model":"m","messages":[]}""");
        using var response = await client.PostAsync(new Uri(_server.BaseAddress, "/v1/chat/completions"), content, TestToken);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    /// <summary>Repeats what the server refuses, below the client and above the network.</summary>
    private sealed class RepeatingHandler() : DelegatingHandler(new SocketsHttpHandler())
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            while (true)
            {
                var response = await base.SendAsync(request, cancellationToken);
                if (response.IsSuccessStatusCode)
                {
                    return response;
                }

                response.Dispose();
            }
        }
    }
}
