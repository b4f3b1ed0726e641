using Microsoft.Extensions.AI;
using OpenAI.Chat;

namespace FakeModelServer.Tests;

public sealed class BrokenConnectionTests : FakeServerTest
{
    [Theory]
    [InlineData(0, "")]
    [InlineData(1, "One ")]
    [InlineData(2, "One two ")]
    [InlineData(3, "One two three")]
    public async Task GetStreamingResponseAsync_CutAfterPieces_ThrowsAfterExactlyThose(int pieces, string expected)
    {
        Server.Enqueue(ModelReply.Say("One ", "two ", "three") with { CutAfterPieces = pieces });
        using var client = Clients.CreateAnthropicChat(Server);
        var text = string.Empty;

        await Assert.ThrowsAsync<HttpIOException>(async () =>
        {
            await foreach (var update in client.GetStreamingResponseAsync("Weather?", cancellationToken: TestToken))
            {
                text += update.Text;
            }
        });

        Assert.Equal(expected, text);
        Assert.Equal(RequestOutcome.Cut, await Server.Requests[0].Finished);
    }

    [Fact]
    public async Task CompleteChatStreamingAsync_CutAfterAPiece_ThrowsAfterThatPiece()
    {
        Server.Enqueue(ModelReply.Say("One ", "two") with { CutAfterPieces = 1 });
        var client = Clients.CreateOpenAIChat(Server);
        var text = string.Empty;

        await Assert.ThrowsAsync<HttpIOException>(async () =>
        {
            await foreach (var update in client.CompleteChatStreamingAsync([new UserChatMessage("?")], null, TestToken))
            {
                text += string.Concat(update.ContentUpdate.Select(part => part.Text));
            }
        });

        Assert.Equal("One ", text);
    }

    [Theory]
    [InlineData(0, "")]
    [InlineData(1, "One ")]
    [InlineData(2, "One two")]
    public async Task GetStreamingResponseAsync_OllamaCutAfterPieces_ThrowsAfterExactlyThose(int pieces, string expected)
    {
        Server.Enqueue(ModelReply.Say("One ", "two") with { CutAfterPieces = pieces });
        using var client = Clients.CreateOllamaChat(Server);
        var text = string.Empty;

        await Assert.ThrowsAsync<HttpIOException>(async () =>
        {
            await foreach (var update in client.GetStreamingResponseAsync("Weather?", cancellationToken: TestToken))
            {
                text += update.Text;
            }
        });

        Assert.Equal(expected, text);
        Assert.Equal(RequestOutcome.Cut, await Server.Requests[0].Finished);
    }

    [Fact]
    public async Task GetResponseAsync_OllamaCut_ThrowsInTheMiddleOfTheBody()
    {
        Server.Enqueue(ModelReply.Say("Sunny.") with { CutAfterPieces = 0 });
        using var client = Clients.CreateOllamaChat(Server);

        await Assert.ThrowsAsync<HttpRequestException>(() => client.GetResponseAsync("Weather?", cancellationToken: TestToken));

        Assert.Equal(RequestOutcome.Cut, await Server.Requests[0].Finished);
    }

    [Fact]
    public async Task GetResponseAsync_Cut_ThrowsInTheMiddleOfTheBody()
    {
        Server.Enqueue(ModelReply.Say("Sunny.") with { CutAfterPieces = 0 });
        using var client = Clients.CreateAnthropicChat(Server);

        await Assert.ThrowsAsync<HttpIOException>(() => client.GetResponseAsync("Weather?", cancellationToken: TestToken));

        Assert.Equal(RequestOutcome.Cut, await Server.Requests[0].Finished);
    }

    [Fact]
    public async Task GetStreamingResponseAsync_CallbackThrows_EndsTheStreamAsCut()
    {
        Server.Enqueue(ModelReply.Say("One") with { BeforePiece = (_, _) => throw new InvalidOperationException("planted") });
        using var client = Clients.CreateAnthropicChat(Server);

        await Assert.ThrowsAsync<HttpIOException>(
            async () => await client.GetStreamingResponseAsync("Weather?", cancellationToken: TestToken).ToListAsync(TestToken));

        Assert.Equal(RequestOutcome.Cut, await Server.Requests[0].Finished);
    }

    [Fact]
    public async Task GetStreamingResponseAsync_AfterACut_TheNextCallSucceeds()
    {
        Server.Enqueue(ModelReply.Say("One") with { CutAfterPieces = 0 }, ModelReply.Say("Sunny."));
        using var client = Clients.CreateAnthropicChat(Server);
        await Record.ExceptionAsync(
            async () => await client.GetStreamingResponseAsync("Weather?", cancellationToken: TestToken).ToListAsync(TestToken));

        var response = await client.GetResponseAsync("Weather?", cancellationToken: TestToken);

        Assert.Equal("Sunny.", response.Text);
    }
}
