using System.Text.Json;
using AiObs.TestSupport.Stubs;
using Microsoft.Extensions.AI;

namespace AiObs.Tests.Chat;

public sealed class OddContentTests
{
    private static readonly Dictionary<string, Func<object?>> Values = new()
    {
        ["cyclic dictionary"] = CyclicDictionary,
        ["cyclic object"] = () => new Cyclic(),
        ["throwing getter"] = () => new ThrowingGetter(),
        ["not a number"] = () => double.NaN,
        ["delegate"] = () => (Action)(() => { }),
        ["type"] = () => typeof(string),
        ["undefined element"] = () => default(JsonElement),
        ["deep element"] = () => JsonElement.Parse(new string('[', 60) + new string(']', 60)),
        ["lone surrogate"] = () => "a\ud800b",
        ["surrogate in a dictionary"] = () => new Dictionary<string, object?> { ["\udc00"] = "\ud800" },
        ["content that holds itself"] = CyclicContent,
        ["null content"] = () => new List<AIContent> { null! },
    };

    public static TheoryData<string> Kinds => [.. Values.Keys];

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task GetResponseAsync_OddToolResult_ReachesTheModelAndKeepsTheJsonValid(string kind)
    {
        var value = Values[kind]();
        var stub = new StubChatClient();
        using var chat = new ObservedChat(stub, ObservedChat.WithContent);

        await chat.AskAsync([new(ChatRole.User, "Hi"), new(ChatRole.Tool, [new FunctionResultContent("c1", value)])]);

        Assert.Single(stub.Calls);
        JsonAttributes.Check(chat.Span);
        Assert.Equal("Hi", chat.Span.GetTagItem("llm.input_messages.0.message.content"));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task GetResponseAsync_OddArgumentInTheAnswer_ReachesTheCallerAndKeepsTheOthers(string kind)
    {
        var arguments = new Dictionary<string, object?> { ["odd"] = Values[kind](), ["city"] = "Oslo" };
        var response = new ChatResponse(new ChatMessage(ChatRole.Assistant, [new FunctionCallContent("c1", "weather", arguments)]));
        using var chat = new ObservedChat(StubChatClient.Answering(response), ObservedChat.WithContent);

        Assert.Same(response, await chat.AskAsync());

        JsonAttributes.Check(chat.Span);
        var written = (string)chat.Span.GetTagItem("llm.output_messages.0.message.tool_calls.0.tool_call.function.arguments")!;
        Assert.Equal("Oslo", JsonElement.Parse(written).GetProperty("city").GetString());
    }

    [Theory]
    [InlineData("Grüße, 東京 👋 \"quoted\" <tag> & 'more' \\ \t\n")]
    [InlineData("a\ud800b")]
    [InlineData("\udc00")]
    [InlineData("\0\u001f\u2028")]
    public async Task GetResponseAsync_OddText_KeepsTheJsonValid(string text)
    {
        using var chat = new ObservedChat(
            StubChatClient.Answering(new(new ChatMessage(ChatRole.Assistant, text))), ObservedChat.WithContent);

        await chat.AskAsync([new(ChatRole.User, text) { AuthorName = text }], new() { Instructions = text, StopSequences = [text] });

        JsonAttributes.Check(chat.Span);
        Assert.Equal(text, chat.Span.GetTagItem("llm.output_messages.0.message.content"));
    }

    [Theory]
    [InlineData(1_000)]
    [InlineData(5_000)]
    [InlineData(60_000)]
    public async Task GetResponseAsync_LongText_IsWhole(int length)
    {
        var text = string.Concat(Enumerable.Repeat("東", length));
        using var chat = new ObservedChat(new StubChatClient(), ObservedChat.WithContent);

        await chat.AskAsync([new(ChatRole.User, text), new(ChatRole.User, text)]);

        Assert.Equal(
            $$"""[{"role":"user","parts":[{"type":"text","content":"{{text}}"}]},{"role":"user","parts":[{"type":"text","content":"{{text}}"}]}]""",
            chat.Span.GetTagItem("gen_ai.input.messages"));
    }

    [Fact]
    public async Task GetResponseAsync_Unicode_IsNotEscaped()
    {
        using var chat = new ObservedChat(new StubChatClient(), ObservedChat.WithContent);

        await chat.AskAsync("Grüße & 東京 <b>'x'");

        Assert.Equal(
            """[{"role":"user","parts":[{"type":"text","content":"Grüße & 東京 <b>'x'"}]}]""", chat.Span.GetTagItem("gen_ai.input.messages"));
    }

    [Fact]
    public async Task GetResponseAsync_ResultWithAThrowingGetter_CostsThatMemberAlone()
    {
        using var chat = new ObservedChat(new StubChatClient(), ObservedChat.WithContent);

        await chat.AskAsync([new(ChatRole.Tool, [new FunctionResultContent("c1", new ThrowingGetter())])]);

        Assert.Equal(
            """[{"role":"tool","parts":[{"type":"tool_call_response","id":"c1","response":{"value":"[unreadable]"}}]}]""",
            chat.Span.GetTagItem("gen_ai.input.messages"));
    }

    /// <summary>What a tool says must not be hidden by the form it is said in.</summary>
    [Theory]
    [InlineData(""" "canary \ud800" """)]
    [InlineData(""" { "a": "canary", "b": "\ud800" } """)]
    [InlineData(""" { "a": "canary", "\udc00": 1 } """)]
    [InlineData("[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[\"canary\"]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]")]
    public async Task GetResponseAsync_ResultThatNoReaderTakes_IsShownAsText(string json)
    {
        using var chat = new ObservedChat(new StubChatClient(), ObservedChat.WithContent);

        await chat.AskAsync([new(ChatRole.Tool, [new FunctionResultContent("c1", JsonElement.Parse(json))])]);

        JsonAttributes.Check(chat.Span);
        var parts = JsonElement.Parse((string)chat.Span.GetTagItem("gen_ai.input.messages")!)[0].GetProperty("parts");
        Assert.Equal(json.Trim(), parts[0].GetProperty("response").GetString());
    }

    [Fact]
    public async Task GetResponseAsync_SchemaWithComments_KeepsTheJsonValid()
    {
        const string Schema = """{ "type": "object", /* , "x": { */ "properties": { "a": {}, }, }""";
        using var chat = new ObservedChat(new StubChatClient(), ObservedChat.WithContent);
        using var schema = JsonDocument.Parse(Schema, new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });

        await chat.AskAsync([new(ChatRole.User, "Hi")], new() { Tools = [AIFunctionFactory.CreateDeclaration("weather", null, schema.RootElement)] });

        Assert.Equal(
            """[{"type":"function","name":"weather","parameters":{"type":"object","properties":{"a":{}}}}]""", chat.Span.GetTagItem("gen_ai.tool.definitions"));
    }

    [Fact]
    public async Task GetResponseAsync_ServiceTierThatIsNoText_KeepsTheAnswer()
    {
        var response = new ChatResponse(new ChatMessage(ChatRole.Assistant, "Hello"))
        {
            AdditionalProperties = new() { ["service_tier"] = JsonElement.Parse(""" "\ud800" """) },
        };
        using var chat = new ObservedChat(StubChatClient.Answering(response), ObservedChat.WithContent);

        await chat.AskAsync();

        Assert.Equal("Hello", chat.Span.GetTagItem("llm.output_messages.0.message.content"));
    }

    private static Dictionary<string, object?> CyclicDictionary()
    {
        var cyclic = new Dictionary<string, object?>();
        cyclic["self"] = cyclic;
        return cyclic;
    }

    private static List<AIContent> CyclicContent()
    {
        List<AIContent> cyclic = [];
        cyclic.Add(new McpServerToolResultContent("c1") { Outputs = cyclic });
        return cyclic;
    }

    private sealed class Cyclic
    {
        public Cyclic Self => this;
    }

    private sealed class ThrowingGetter
    {
        private readonly string _message = "canary";

        public string Value => throw new InvalidOperationException(_message);
    }
}
