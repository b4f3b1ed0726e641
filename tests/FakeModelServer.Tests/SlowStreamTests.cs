using Microsoft.Extensions.AI;
using OpenAI.Chat;

namespace FakeModelServer.Tests;

public sealed class SlowStreamTests : FakeServerTest
{
    private static readonly TimeSpan Forever = TimeSpan.FromDays(1);

    [Fact]
    public async Task GetStreamingResponseAsync_CancelledBetweenPieces_DisconnectsTheServer()
    {
        Server.Enqueue(ModelReply.Say("One ", "two") with { BeforePiece = HoldAt(1) });
        using var client = Clients.CreateAnthropicChat(Server);
        using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(TestToken);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var update in client.GetStreamingResponseAsync("Weather?", cancellationToken: cancellation.Token))
            {
                if (update.Text == "One ")
                {
                    await cancellation.CancelAsync();
                }
            }
        });

        Assert.Equal(RequestOutcome.Disconnected, await Server.Requests[0].Finished);
    }

    [Fact]
    public async Task GetStreamingResponseAsync_AbandonedBetweenPieces_DisconnectsTheServer()
    {
        Server.Enqueue(ModelReply.Say("One ", "two") with { BeforePiece = HoldAt(1) });
        using var client = Clients.CreateAnthropicChat(Server);

        await foreach (var update in client.GetStreamingResponseAsync("Weather?", cancellationToken: TestToken))
        {
            if (update.Text == "One ")
            {
                break;
            }
        }

        Assert.Equal(RequestOutcome.Disconnected, await Server.Requests[0].Finished);
    }

    [Fact]
    public async Task CompleteChatStreamingAsync_AbandonedBetweenPieces_DisconnectsTheServer()
    {
        Server.Enqueue(ModelReply.Say("One ", "two") with { BeforePiece = HoldAt(1) });
        var client = Clients.CreateOpenAIChat(Server);

        await foreach (var update in client.CompleteChatStreamingAsync([new UserChatMessage("?")], null, TestToken))
        {
            if (update.ContentUpdate.Any(part => part.Text == "One "))
            {
                break;
            }
        }

        Assert.Equal(RequestOutcome.Disconnected, await Server.Requests[0].Finished);
    }

    [Fact]
    public async Task GetStreamingResponseAsync_OllamaAbandonedBetweenPieces_DisconnectsTheServer()
    {
        Server.Enqueue(ModelReply.Say("One ", "two") with { BeforePiece = HoldAt(1) });
        using var client = Clients.CreateOllamaChat(Server);

        await foreach (var update in client.GetStreamingResponseAsync("Weather?", cancellationToken: TestToken))
        {
            if (update.Text == "One ")
            {
                break;
            }
        }

        Assert.Equal(RequestOutcome.Disconnected, await Server.Requests[0].Finished);
    }

    [Fact]
    public async Task CompleteChatAsync_CancelledWhileTheServerWaits_DisconnectsTheServer()
    {
        var asked = new TaskCompletionSource();
        Server.Handler = _ =>
        {
            asked.SetResult();

            return ModelReply.Say("late") with { Delay = Forever };
        };
        using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(TestToken);

        var call = Clients.CreateOpenAIChat(Server).CompleteChatAsync([new UserChatMessage("Weather?")], null, cancellation.Token);
        await asked.Task;
        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        Assert.Equal(RequestOutcome.Disconnected, await Server.Requests[0].Finished);
    }

    [Fact]
    public async Task GetStreamingResponseAsync_DelaysScripted_WaitsBeforeTheAnswerAndEveryPiece()
    {
        var clock = new InstantTimeProvider();
        await using var server = await FakeServer.StartAsync(new FakeServerOptions { TimeProvider = clock }, TestToken);
        server.Enqueue(ModelReply.Say("One ", "two") with { Delay = TimeSpan.FromSeconds(5), PieceDelay = TimeSpan.FromSeconds(2) });
        using var client = Clients.CreateAnthropicChat(server);

        await client.GetStreamingResponseAsync("Weather?", cancellationToken: TestToken).ToListAsync(TestToken);

        Assert.Equal([5d, 2d, 2d], clock.Waits.Select(wait => wait.TotalSeconds));
    }

    [Fact]
    public async Task GetStreamingResponseAsync_OllamaToolCall_WaitsBeforeEveryPieceOfTheArguments()
    {
        var clock = new InstantTimeProvider();
        await using var server = await FakeServer.StartAsync(new FakeServerOptions { TimeProvider = clock }, TestToken);
        server.Enqueue(ModelReply.Call("get_weather", "{\"city\":", "\"Paris\"}") with { PieceDelay = TimeSpan.FromSeconds(2) });
        using var client = Clients.CreateOllamaChat(server);

        var updates = await client.GetStreamingResponseAsync("Weather?", cancellationToken: TestToken).ToListAsync(TestToken);

        Assert.Equal([2d, 2d], clock.Waits.Select(wait => wait.TotalSeconds));
        Assert.Equal("get_weather", Assert.Single(updates.SelectMany(update => update.Contents).OfType<FunctionCallContent>()).Name);
    }

    [Fact]
    public async Task GetStreamingResponseAsync_NothingScripted_NeverWaits()
    {
        var clock = new InstantTimeProvider();
        await using var server = await FakeServer.StartAsync(new FakeServerOptions { TimeProvider = clock }, TestToken);
        using var client = Clients.CreateAnthropicChat(server);

        await client.GetStreamingResponseAsync("Weather?", cancellationToken: TestToken).ToListAsync(TestToken);

        Assert.Empty(clock.Waits);
    }

    [Fact]
    public async Task DisposeAsync_StreamUnderWay_EndsIt()
    {
        var server = await FakeServer.StartAsync(cancellationToken: TestToken);
        server.Enqueue(ModelReply.Say("One ", "two") with { BeforePiece = HoldAt(1) });
        using var client = Clients.CreateAnthropicChat(server);
        await using var updates = client.GetStreamingResponseAsync("Weather?", cancellationToken: TestToken).GetAsyncEnumerator(TestToken);
        await updates.MoveNextAsync();
        var recorded = server.Requests[0];

        await server.DisposeAsync();

        Assert.Equal(RequestOutcome.Disconnected, await recorded.Finished);
    }
}
