using System.Text.Json;
using AiObs.TestSupport.Stubs;
using Microsoft.Extensions.AI;

namespace AiObs.Tests.Chat;

public sealed class CallerUntouchedTests
{
    private int _enumerations;

    [Theory]
    [InlineData(ContentCapture.None)]
    [InlineData(ContentCapture.All)]
    public async Task GetResponseAsync_LazyMessages_AreEnumeratedOnceInAll(ContentCapture capture)
    {
        using var chat = new ObservedChat(new StubChatClient { OnResponse = EnumerateAsync }, o => o.CaptureContent = capture);

        await chat.Client.GetResponseAsync(LazyMessages(), null, TestContext.Current.CancellationToken);

        Assert.Equal(1, _enumerations);
        Assert.NotNull(chat.Span);
    }

    [Fact]
    public async Task GetResponseAsync_LazyMessagesWithNothingListening_AreEnumeratedOnceInAll()
    {
        using var chat = new ObservedChat(new StubChatClient { OnResponse = EnumerateAsync }, o => o.Enabled = false);

        await chat.Client.GetResponseAsync(LazyMessages(), null, TestContext.Current.CancellationToken);

        Assert.Equal(1, _enumerations);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Stream_LazyMessages_AreEnumeratedOnceInAll(bool isEnabled)
    {
        var stub = new StubChatClient
        {
            OnStream = call =>
            {
                Assert.Equal(2, call.Messages.Count());
                return new StubUpdates();
            },
        };
        using var chat = new ObservedChat(stub, o => o.Enabled = isEnabled);

        await foreach (var _ in chat.Client.GetStreamingResponseAsync(LazyMessages(), null, TestContext.Current.CancellationToken))
        {
        }

        Assert.Equal(1, _enumerations);
    }

    [Fact]
    public async Task GetResponseAsync_ListOfMessagesAndOptions_ArePassedAsTheyAre()
    {
        var stub = new StubChatClient();
        using var chat = new ObservedChat(stub, ObservedChat.WithContent);
        List<ChatMessage> messages = [new(ChatRole.User, "Hi")];
        var options = new ChatOptions { Temperature = 1, Instructions = "a" };

        await chat.Client.GetResponseAsync(messages, options, TestContext.Current.CancellationToken);

        Assert.Same(messages, stub.Calls[0].Messages);
        Assert.Same(options, stub.Calls[0].Options);
    }

    [Fact]
    public async Task GetResponseAsync_OptionsWithTools_AreLeftAsTheyWere()
    {
        using var chat = new ObservedChat(new StubChatClient(), ObservedChat.WithContent);
        AITool tool = AIFunctionFactory.Create(() => 1, "one");
        var options = new ChatOptions { Tools = [tool] };

        await chat.AskAsync(options: options);

        Assert.Same(tool, Assert.Single(options.Tools));
    }

    [Fact]
    public async Task GetResponseAsync_MessagesAndResponse_AreLeftAsTheyWere()
    {
        ChatMessage[] messages = [.. ContentSamples.All.Values.Where(IsOfTheLibrary).Select(sample => new ChatMessage(ChatRole.User, [sample.Content]))];
        var response = new ChatResponse([.. messages]) { Usage = new() { InputTokenCount = 1, AdditionalCounts = new() { ["cached_tokens"] = 5 } } };
        using var chat = new ObservedChat(StubChatClient.Answering(response), ObservedChat.WithContent);
        var before = Text(messages) + Text(response);

        await chat.AskAsync(messages);

        Assert.Equal(before, Text(messages) + Text(response));
    }

    [Fact]
    public async Task Stream_Updates_AreLeftAsTheyWere()
    {
        ChatResponseUpdate[] updates =
        [
            new(ChatRole.Assistant, "a") { MessageId = "m", AdditionalProperties = new() { ["x"] = 1 } },
            new(ChatRole.Assistant, "b") { MessageId = "m", AdditionalProperties = new() { ["y"] = 2 } },
            new(ChatRole.Assistant, [new TextReasoningContent("c")]) { MessageId = "m" },
            new(ChatRole.Assistant, [new TextReasoningContent("d") { ProtectedData = "p" }]) { MessageId = "m" },
            new() { Contents = [new UsageContent(new() { InputTokenCount = 1 })] },
            new() { Contents = [new UsageContent(new() { OutputTokenCount = 1 })] },
        ];
        using var chat = new ObservedChat(StubChatClient.Streaming(updates), ObservedChat.WithContent);
        var before = Text(updates);

        await chat.ReadAsync();

        Assert.Equal(before, Text(updates));
    }

    private static bool IsOfTheLibrary((AIContent Content, string Part, Dictionary<string, object?> Leaves) sample) =>
        sample.Content.GetType().Assembly == typeof(AIContent).Assembly;

    private static string Text<T>(T value) => JsonSerializer.Serialize(value, AIJsonUtilities.DefaultOptions);

    private static Task<ChatResponse> EnumerateAsync(StubChatCall call)
    {
        Assert.Equal(2, call.Messages.Count());
        return Task.FromResult(new ChatResponse());
    }

    private IEnumerable<ChatMessage> LazyMessages()
    {
        _enumerations++;
        yield return new(ChatRole.System, "a");
        yield return new(ChatRole.User, "b");
    }
}
