using AiObs.TestSupport;
using AiObs.TestSupport.Stubs;
using Microsoft.Extensions.AI;

namespace AiObs.Tests.Chat;

public sealed class InstructionsAndToolsTests
{
    private const string Function =
        """
        "name":"weather","description":"Tells the weather.","parameters":{"type":"object","properties":{"city":{"type":"string"}},"required":["city"]}
        """;

    private const string Flat = "{\"type\":\"function\"," + Function + "}";
    private const string Wrapped = "{\"type\":\"function\",\"function\":{" + Function + "}}";

    [Fact]
    public async Task GetResponseAsync_Instructions_AreTheirOwnAttributeAndOpenInferenceMessageZero()
    {
        using var chat = new ObservedChat(new StubChatClient(), ObservedChat.WithContent);

        await chat.AskAsync([new(ChatRole.System, "In the history."), new(ChatRole.User, "Hi")], new() { Instructions = "Be brief." });

        Assert.Equal("""[{"type":"text","content":"Be brief."}]""", chat.Span.GetTagItem("gen_ai.system_instructions"));
        Assert.Equal(
            """[{"role":"system","parts":[{"type":"text","content":"In the history."}]},{"role":"user","parts":[{"type":"text","content":"Hi"}]}]""",
            chat.Span.GetTagItem("gen_ai.input.messages"));
        SpanAssert.Attributes(
            new()
            {
                ["llm.input_messages.0.message.role"] = "system",
                ["llm.input_messages.0.message.content"] = "Be brief.",
                ["llm.input_messages.1.message.role"] = "system",
                ["llm.input_messages.1.message.content"] = "In the history.",
                ["llm.input_messages.2.message.role"] = "user",
                ["llm.input_messages.2.message.content"] = "Hi",
            },
            chat.Span.TagObjects.Where(tag => tag.Key.StartsWith("llm.input_messages", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task GetResponseAsync_Tools_AreFlatInOneConventionAndWrappedInTheOther()
    {
        using var chat = new ObservedChat(new StubChatClient(), ObservedChat.WithContent);

        await chat.AskAsync(options: new() { Tools = [Weather, new HostedWebSearchTool(), Weather.AsDeclarationOnly()] });

        Assert.Equal(
            "[" + Flat + """,{"type":"web_search","name":"web_search"},""" + Flat + "]",
            chat.Span.GetTagItem("gen_ai.tool.definitions"));
        SpanAssert.Attributes(
            new()
            {
                ["llm.tools.0.tool.json_schema"] = Wrapped,
                ["llm.tools.1.tool.json_schema"] = """{"type":"web_search","function":{"name":"web_search"}}""",
                ["llm.tools.2.tool.json_schema"] = Wrapped,
            },
            chat.Span.TagObjects.Where(tag => tag.Key.StartsWith("llm.tools", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData(ContentCapture.None)]
    [InlineData(ContentCapture.Events)]
    public async Task GetResponseAsync_ToolsWithoutContentOnSpans_HaveTypeAndNameInBothConventions(ContentCapture capture)
    {
        using var chat = new ObservedChat(new StubChatClient(), o => o.CaptureContent = capture);

        await chat.AskAsync(options: new() { Tools = [Weather, new HostedMcpServerTool("docs", "https://mcp.test")] });

        SpanAssert.Attributes(
            new()
            {
                ["gen_ai.tool.definitions"] = """[{"type":"function","name":"weather"},{"type":"mcp","name":"mcp"}]""",
                ["llm.tools.0.tool.json_schema"] = """{"type":"function","function":{"name":"weather"}}""",
                ["llm.tools.1.tool.json_schema"] = """{"type":"mcp","function":{"name":"mcp"}}""",
            },
            chat.Span.TagObjects.Where(tag => tag.Key.Contains("tool", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task GetResponseAsync_HiddenToolsWithoutContent_AreNotNamed()
    {
        using var chat = new ObservedChat(new StubChatClient(), o => o.Privacy.HideLlmTools = true);

        await chat.AskAsync(options: new() { Tools = [Weather] });

        Assert.DoesNotContain(chat.Span.TagObjects, tag => tag.Key.Contains("tool", StringComparison.Ordinal));
    }

    [Fact]
    public async Task GetResponseAsync_ToolThatThrowsWhenAsked_CostsTheToolsAlone()
    {
        using var chat = new ObservedChat(new StubChatClient(), ObservedChat.WithContent);

        await chat.AskAsync(options: new() { Tools = [new BrokenTool()] });

        Assert.NotNull(chat.Span.GetTagItem("gen_ai.input.messages"));
        Assert.Null(chat.Span.GetTagItem("gen_ai.tool.definitions"));
    }

    private static AIFunction Weather => AIFunctionFactory.Create((string city) => city, "weather", "Tells the weather.");

    private sealed class BrokenTool : AITool
    {
        public override string Description => throw new InvalidOperationException("broken");
    }
}
