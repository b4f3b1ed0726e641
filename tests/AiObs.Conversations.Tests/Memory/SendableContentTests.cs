using AiObs.Conversations.Memory;
using AiObs.Store;
using Microsoft.Extensions.AI;

namespace AiObs.Conversations.Tests.Memory;

public sealed class SendableContentTests
{
    private const string Unknown = """{"$type":"hologram","secret":1}""";

    [Fact]
    public async Task Apply_ContentThatThisVersionCannotRead_IsNotShown()
    {
        var result = await Said.ShapeAsync(
            [Read(1, ChatRole.User, $$"""{"$type":"text","text":"look"},{{Unknown}}"""), Read(2, ChatRole.Assistant, Unknown)], [], added: Said.User("now"));

        Assert.Equal(["u:look", "u:now"], Said.Texts(result.Messages));
        Assert.Equal(["m1 Kept", "m2 Repaired", "- Kept"], Said.Decisions(result));
    }

    [Theory]
    [InlineData("""{"$type":"functionResult","callId":"1","result":{"aiobs.content":[unknown]}}""")]
    [InlineData("""{"$type":"functionResult","callId":"1","result":{"aiobs.contents":[[unknown]]}}""")]
    public async Task Apply_ContentOfAToolThatThisVersionCannotRead_IsNotShown(string returned)
    {
        var result = await Said.ShapeAsync(
            [Said.Stored(Said.User("a"), 1), Said.Stored(Said.Calls("1"), 2), Read(3, ChatRole.Tool, returned.Replace("[unknown]", Unknown, StringComparison.Ordinal), "1")],
            [],
            added: Said.User("now"));

        Assert.Equal(["u:a", "a:[1]", "t:{1}", "u:now"], Said.Texts(result.Messages));
        Assert.True(((FunctionResultContent)Assert.Single(result.Messages[2].Contents)).Result is null or IList<AIContent> { Count: 0 });
    }

    [Fact]
    public async Task Apply_ContentInWhatAServiceReturned_IsNotShown()
    {
        var result = await Said.ShapeAsync(
            [Read(1, ChatRole.User, """{"$type":"text","text":"a"}"""), Read(2, ChatRole.Assistant, $$"""{"$type":"mcpServerToolResult","callId":"1","outputs":[{{Unknown}},{"$type":"text","text":"b"}]}""")],
            [],
            added: Said.User("now"));

        var returned = Assert.IsType<McpServerToolResultContent>(Assert.Single(result.Messages[1].Contents));
        Assert.Equal("b", Assert.IsType<TextContent>(Assert.Single(returned.Outputs!)).Text);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Apply_MessageOfTheCallersWithUnreadableContent_IsShownWithoutItAndStaysAsItIs(bool isReduced)
    {
        var given = Read(1, ChatRole.User, $$"""{"$type":"text","text":"look"},{{Unknown}}""").ToMessage();
        var returned = Read(3, ChatRole.Tool, $$$"""{"$type":"functionResult","callId":"1","result":{"aiobs.contents":[{{{Unknown}}},{"$type":"text","text":"b"}]}}""").ToMessage();
        ChatMessage[] messages = [given, Said.Calls("1"), returned];
        ChatMessage injected = Read(4, ChatRole.User, $$"""{{Unknown}},{"$type":"text","text":"fact"}""").ToMessage();

        var shown = isReduced
            ? (await Said.ReduceAsync(messages, [])).Messages
            : (await MemoryPipeline.ApplyAsync([MemoryItem.Injected(injected), .. messages.Select(MemoryItem.New)], [], new(), MemorySource.None, TestContext.Current.CancellationToken)).Messages;

        Assert.Equal(["u:look", "a:[1]", "t:{1}"], Said.Texts(shown.TakeLast(3)));
        Assert.Equal(isReduced ? [] : ["u:fact"], Said.Texts(shown.SkipLast(3)));
        Assert.Equal("b", Assert.IsType<TextContent>(Assert.Single((IList<AIContent>)((FunctionResultContent)shown[^1].Contents[0]).Result!)).Text);
        Assert.Equal([2, 1], [given.Contents.Count, returned.Contents.Count]);
        Assert.Equal(2, ((IList<AIContent>)((FunctionResultContent)returned.Contents[0]).Result!).Count);
        Assert.Same(messages[1], shown[^2]);
    }

    private static StoredMessage Read(long sequence, ChatRole role, string contents, params string[] callIds)
    {
        var content = new MessageContent($$"""{"role":"{{role.Value}}","contents":[{{contents}}]}""", MessageContent.Of(Said.User("x")).Salt);
        return new() { Id = $"m{sequence}", Sequence = sequence, Role = role, Content = content, Commitment = content.Commitment, CallIds = callIds };
    }
}
