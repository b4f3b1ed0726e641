using Microsoft.Extensions.AI;
using OpenAI.Chat;

namespace FakeModelServer.Tests;

public sealed class FakeServerTests : FakeServerTest
{
    [Fact]
    public async Task StartAsync_PortIsTaken_Throws()
    {
        var options = new FakeServerOptions { Port = Server.BaseAddress.Port };

        await Assert.ThrowsAsync<IOException>(() => FakeServer.StartAsync(options, TestToken));
    }

    [Fact]
    public async Task StartAsync_AfterDispose_TheSamePortIsFreeAgain()
    {
        var first = await FakeServer.StartAsync(cancellationToken: TestToken);
        var port = first.BaseAddress.Port;
        await first.DisposeAsync();

        await using var second = await FakeServer.StartAsync(new FakeServerOptions { Port = port }, TestToken);

        Assert.Equal(port, second.BaseAddress.Port);
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 0)]
    public async Task StartAsync_CapacityBelowOne_Throws(int requests, int replies)
    {
        var options = new FakeServerOptions { RequestCapacity = requests, ReplyCapacity = replies };

        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => FakeServer.StartAsync(options, TestToken));
    }

    [Fact]
    public async Task Enqueue_SeveralReplies_AnswerInOrderWhateverTheProtocol()
    {
        Server.Enqueue(ModelReply.Say("first"), ModelReply.Say("second"));
        using var claude = Clients.CreateAnthropicChat(Server);

        var first = await claude.GetResponseAsync("?", cancellationToken: TestToken);
        ChatCompletion second = await Clients.CreateOpenAIChat(Server).CompleteChatAsync([new UserChatMessage("?")], null, TestToken);

        Assert.Equal(("first", "second"), (first.Text, second.Content[0].Text));
    }

    [Fact]
    public async Task Enqueue_QueueIsFull_ThrowsAndTakesNone()
    {
        await using var server = await FakeServer.StartAsync(new FakeServerOptions { ReplyCapacity = 2 }, TestToken);
        server.Enqueue(ModelReply.Say("1"));

        Assert.Throws<InvalidOperationException>(() => server.Enqueue(ModelReply.Say("2"), ModelReply.Say("3")));

        Assert.Equal(1, server.QueuedReplies);
    }

    [Fact]
    public async Task Handler_ReplyIsQueued_IsNotAsked()
    {
        Server.Handler = _ => ModelReply.Say("handler");
        Server.Enqueue(ModelReply.Say("queue"));
        using var client = Clients.CreateAnthropicChat(Server);

        var first = await client.GetResponseAsync("?", cancellationToken: TestToken);
        var second = await client.GetResponseAsync("?", cancellationToken: TestToken);

        Assert.Equal(("queue", "handler"), (first.Text, second.Text));
    }

    [Fact]
    public async Task Handler_InOptions_Answers()
    {
        var options = new FakeServerOptions { Handler = request => ModelReply.Say(request.Model) };
        await using var server = await FakeServer.StartAsync(options, TestToken);
        using var client = Clients.CreateAnthropicChat(server);

        var response = await client.GetResponseAsync("?", cancellationToken: TestToken);

        Assert.Equal("claude-sonnet-4-5", response.Text);
    }

    [Fact]
    public async Task Handler_ReturnsNull_TheUserIsEchoed()
    {
        Server.Handler = _ => null;
        using var client = Clients.CreateAnthropicChat(Server);

        var response = await client.GetResponseAsync("Hello!", cancellationToken: TestToken);

        Assert.Equal("You said: Hello!", response.Text);
    }

    [Fact]
    public async Task Handler_Throws_TheClientSeesWhy()
    {
        Server.Handler = _ => throw new InvalidOperationException("planted");
        using var client = Clients.CreateAnthropicChat(Server);

        var exception = await Assert.ThrowsAsync<Anthropic.Exceptions.Anthropic5xxException>(
            () => client.GetResponseAsync("?", cancellationToken: TestToken));

        Assert.Contains("planted", exception.ResponseBody, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Requests_CallReceived_HoldsWhatWasSent()
    {
        using var client = Clients.CreateAnthropicChat(Server);

        await client.GetResponseAsync("Hello!", cancellationToken: TestToken);

        var request = Assert.Single(Server.Requests);
        Assert.Equal((1, "POST", "/v1/messages"), (request.Number, request.Method, request.Path));
        Assert.Equal(ModelProtocol.AnthropicMessages, request.Protocol);
        Assert.Equal("application/json", request.Headers["CONTENT-TYPE"]);
        Assert.Contains("Hello!", request.Body, StringComparison.Ordinal);
        Assert.Equal(RequestOutcome.Answered, await request.Finished);
    }

    [Fact]
    public async Task Requests_UnknownPath_IsRecordedAndRefused()
    {
        using var http = new HttpClient { BaseAddress = Server.BaseAddress };

        var response = await http.GetAsync(new Uri("/v1/models/gpt-4.1?x=1", UriKind.Relative), TestToken);

        var request = Assert.Single(Server.Requests);
        Assert.Equal(404, (int)response.StatusCode);
        Assert.Equal(("GET", "/v1/models/gpt-4.1?x=1", null), (request.Method, request.Path, request.Protocol));
        Assert.Equal(RequestOutcome.Answered, await request.Finished);
    }

    [Fact]
    public async Task Requests_MoreThanTheCapacity_KeepsTheNewest()
    {
        await using var server = await FakeServer.StartAsync(new FakeServerOptions { RequestCapacity = 2 }, TestToken);
        using var client = Clients.CreateAnthropicChat(server);

        for (var call = 0; call < 3; call++)
        {
            await client.GetResponseAsync("?", cancellationToken: TestToken);
        }

        Assert.Equal([2L, 3L], server.Requests.Select(request => request.Number));
    }

    [Fact]
    public async Task TimeProvider_Set_DatesTheReplies()
    {
        await using var server = await FakeServer.StartAsync(new FakeServerOptions { TimeProvider = new InstantTimeProvider() }, TestToken);

        ChatCompletion completion = await Clients.CreateOpenAIChat(server).CompleteChatAsync([new UserChatMessage("?")], null, TestToken);

        Assert.Equal(DateTimeOffset.UnixEpoch.AddSeconds(1_000), completion.CreatedAt);
    }
}
