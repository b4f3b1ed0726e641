using Microsoft.Extensions.AI;

namespace FakeModelServer.Tests;

public sealed class AnthropicMessagesTests
{
    private static CancellationToken TestToken => TestContext.Current.CancellationToken;

    [Fact]
    public async Task GetResponseAsync_NothingScripted_EchoesTheUser()
    {
        await using var server = await FakeServer.StartAsync(cancellationToken: TestToken);
        using var client = Clients.CreateAnthropicChat(server);

        var response = await client.GetResponseAsync("Hello!", cancellationToken: TestToken);

        Assert.Equal("You said: Hello!", response.Text);
    }

    [Fact]
    public async Task GetStreamingResponseAsync_TextInPieces_ArrivesInTheSamePieces()
    {
        await using var server = await FakeServer.StartAsync(cancellationToken: TestToken);
        server.Enqueue(ModelReply.Say("Sun", "ny", "."));
        using var client = Clients.CreateAnthropicChat(server);

        var pieces = new List<string>();

        await foreach (var update in client.GetStreamingResponseAsync("Weather?", cancellationToken: TestToken))
        {
            pieces.AddRange(update.Contents.OfType<TextContent>().Select(text => text.Text).Where(text => text.Length > 0));
        }

        Assert.Equal(["Sun", "ny", "."], pieces);
    }
}
