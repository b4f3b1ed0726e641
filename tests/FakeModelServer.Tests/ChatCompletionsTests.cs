using OpenAI.Chat;

namespace FakeModelServer.Tests;

public sealed class ChatCompletionsTests
{
    private static CancellationToken TestToken => TestContext.Current.CancellationToken;

    [Fact]
    public async Task CompleteChatAsync_NothingScripted_EchoesTheUser()
    {
        await using var server = await FakeServer.StartAsync(cancellationToken: TestToken);
        var client = Clients.CreateOpenAIChat(server);

        ChatCompletion completion = await client.CompleteChatAsync([new UserChatMessage("Hello!")], null, TestToken);

        Assert.Equal("You said: Hello!", completion.Content[0].Text);
    }

    [Fact]
    public async Task CompleteChatStreamingAsync_TextInPieces_ArrivesInTheSamePieces()
    {
        await using var server = await FakeServer.StartAsync(cancellationToken: TestToken);
        server.Enqueue(ModelReply.Say("Sun", "ny", "."));
        var client = Clients.CreateOpenAIChat(server);

        var pieces = new List<string>();

        await foreach (var update in client.CompleteChatStreamingAsync([new UserChatMessage("Weather?")], null, TestToken))
        {
            pieces.AddRange(update.ContentUpdate.Select(part => part.Text).Where(text => text.Length > 0));
        }

        Assert.Equal(["Sun", "ny", "."], pieces);
    }
}
