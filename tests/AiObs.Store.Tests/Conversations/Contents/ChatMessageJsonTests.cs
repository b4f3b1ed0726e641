using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.AI;

namespace AiObs.Store.Tests.Conversations.Contents;

/// <summary>What a message is stored as where it holds something that cannot be written or read, and that nothing else is lost for it.</summary>
public sealed class ChatMessageJsonTests
{
    private static readonly JsonSerializerOptions OwnTypes = CreateOwnTypes();

    [Fact]
    public void Of_TypeThatIsNotRegistered_IsPlainContentWithItsName()
    {
        var message = new ChatMessage(ChatRole.User, [new TextContent("before"), new WeatherContent { Degrees = 21, AdditionalProperties = new() { ["a"] = 1 } }, new TextContent("after")]);

        var content = MessageContent.Of(message, options: null, out var lostCount);

        Assert.Equal(1, lostCount);
        Assert.Equal(
            """{"role":"user","contents":[{"$type":"text","text":"before"},{"additionalProperties":{"a":1,"aiobs.type":"AiObs.Store.Tests.Conversations.Contents.WeatherContent"}},{"$type":"text","text":"after"}]}""",
            content.Json);
        Assert.Equal([typeof(TextContent), typeof(AIContent), typeof(TextContent)], content.ToMessage().Contents.Select(static read => read.GetType()));
        Assert.Equal(["a"], message.Contents[1].AdditionalProperties!.Keys);
    }

    [Fact]
    public void Of_CallOfATypeThatIsNotRegistered_KeepsTheIdOfTheCall()
    {
        var message = new ChatMessage(ChatRole.Assistant, [new ForecastCall("call-1")]);

        var read = MessageContent.Of(message, options: null, out var lostCount).ToMessage();

        Assert.Equal((1, "call-1"), (lostCount, Assert.IsType<ToolCallContent>(Assert.Single(read.Contents)).CallId));
    }

    [Fact]
    public void Of_TypeThatIsNotRegisteredInAResult_CostsThatAlone()
    {
        var result = new McpServerToolResultContent("call-1") { Outputs = [new TextContent("sunny"), new WeatherContent { Degrees = 21 }] };

        var read = MessageContent.Of(new ChatMessage(ChatRole.Tool, [result]), options: null, out var lostCount).ToMessage();

        var outputs = Assert.IsType<McpServerToolResultContent>(Assert.Single(read.Contents)).Outputs!;
        Assert.Equal((1, "sunny", typeof(AIContent)), (lostCount, outputs[0].ToString(), outputs[1].GetType()));
    }

    [Fact]
    public void Of_TypeThatIsRegistered_IsReadAsItWas()
    {
        var stored = MessageContent.Of(new ChatMessage(ChatRole.User, [new WeatherContent { Degrees = 21 }]), OwnTypes, out var lostCount);

        var read = Assert.IsType<WeatherContent>(Assert.Single(stored.ToMessage(OwnTypes).Contents));

        Assert.Equal((0, 21), (lostCount, read.Degrees));
    }

    [Fact]
    public void ToMessage_TypeThatIsRegisteredNoMore_StaysAsItWas()
    {
        var stored = MessageContent.Of(new ChatMessage(ChatRole.User, [new WeatherContent { Degrees = 21 }]), OwnTypes);

        var read = stored.ToMessage();

        var unknown = Assert.IsType<UnknownContent>(Assert.Single(read.Contents));
        Assert.Equal(("weather", """{"$type":"weather","degrees":21}"""), (unknown.ContentType, unknown.Json));
        Assert.Equal(21, Assert.IsType<WeatherContent>(Assert.Single(MessageContent.Of(read).ToMessage(OwnTypes).Contents)).Degrees);
    }

    [Fact]
    public void Of_OptionsWithoutAResolver_AreThoseOfMicrosoftExtensionsAI()
    {
        var options = new JsonSerializerOptions();

        var read = MessageContent.Of(new ChatMessage(ChatRole.User, "hello"), options).ToMessage(options);

        Assert.Equal("hello", read.Text);
    }

    [Theory]
    [InlineData("""{"$type":"hologram", "x" : 1.0, "y":"\u00e5", "deep":[[[{}]]] }""", "hologram")]
    [InlineData("""{"text":"type comes last", "$type":"hologram"}""", "hologram")]
    [InlineData("""{"$type":7}""", null)]
    [InlineData("""{"$type":"uri","uri":"http://[","mediaType":"image/png"}""", "uri")]
    [InlineData("""{"$type":"data","uri":"none"}""", "data")]
    [InlineData("""{"$type":"text","text":"\ud800"}""", "text")]
    [InlineData("""{"$type":"\ud800"}""", null)]
    [InlineData("""{"$type":"functionResult","callId":"c","result":{"aiobs.text":"a","b":1}}""", "functionResult")]
    [InlineData("""{"$type":"functionResult","callId":"c","result":{"aiobs.content":{"$type":"text","text":"a"},"b":1}}""", "functionResult")]
    [InlineData("\"a text\"", null)]
    [InlineData("[1, 2]", null)]
    [InlineData("17.50", null)]
    public void ToMessage_ContentThatItDoesNotKnow_IsWrittenAgainByteForByte(string content, string? type)
    {
        var json = $$"""{"role":"assistant","contents":[{"$type":"text","text":"a"},{{content}},{"$type":"text","text":"b"}],"messageId":"m"}""";

        var read = new MessageContent(json, "").ToMessage();

        Assert.Equal([typeof(TextContent), typeof(UnknownContent), typeof(TextContent)], read.Contents.Select(static read => read.GetType()));
        Assert.Equal(type, Assert.IsType<UnknownContent>(read.Contents[1]).ContentType);
        Assert.Equal(json, MessageContent.Of(read, options: null, out var lostCount).Json);
        Assert.Equal(0, lostCount);
    }

    [Fact]
    public void ToMessage_ContentThatItDoesNotKnowInAResult_IsWrittenAgainByteForByte()
    {
        const string Json = """{"role":"tool","contents":[{"$type":"mcpServerToolResult","outputs":[{"$type":"hologram", "x" : 1.0},{"$type":"text","text":"a"}],"callId":"c"}]}""";

        var read = new MessageContent(Json, "").ToMessage();

        Assert.IsType<UnknownContent>(Assert.IsType<McpServerToolResultContent>(Assert.Single(read.Contents)).Outputs![0]);
        Assert.Equal(Json, MessageContent.Of(read).Json);
    }

    [Fact]
    public void ToMessage_ContentThatItDoesNotKnowBesideOneThatCannotBeWritten_IsWrittenAgainByteForByte()
    {
        var read = new MessageContent("""{"role":"user","contents":[{"$type":"hologram", "x" : 1.0}]}""", "").ToMessage();
        read.Contents.Add(new WeatherContent());

        Assert.Contains("""[{"$type":"hologram", "x" : 1.0},{""", MessageContent.Of(read).Json, StringComparison.Ordinal);
    }

    [Fact]
    public void ToMessage_TypeThatComesLast_IsKnown()
    {
        var read = new MessageContent("""{"contents":[{"text":"hello","$type":"text"}],"role":"user"}""", "").ToMessage();

        Assert.Equal("hello", read.Text);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{")]
    [InlineData("{} {}")]
    [InlineData("""{"role":"user","contents":{}}""")]
    [InlineData("""{"role":7}""")]
    public void ToMessage_NoMessage_Throws(string json) => Assert.ThrowsAny<JsonException>(() => new MessageContent(json, "").ToMessage());

    [Theory]
    [MemberData(nameof(Results))]
    public void Of_ResultOfATool_IsReadAsWhatItWas(object? result, string json, object? expected)
    {
        var stored = MessageContent.Of(new ChatMessage(ChatRole.Tool, [new FunctionResultContent("c", result)]), options: null, out var lostCount);

        var read = Assert.IsType<FunctionResultContent>(Assert.Single(stored.ToMessage().Contents)).Result;

        var member = result is null ? "" : $"\"result\":{json},";
        Assert.Equal($$"""{"role":"tool","contents":[{"$type":"functionResult",{{member}}"callId":"c"}]}""", stored.Json);
        Assert.Equal((0, Text(expected)), (lostCount, Text(read)));
    }

    public static TheoryData<object?, string, object?> Results => new()
    {
        { null, "null", null },
        { "sunny", """{"aiobs.text":"sunny"}""", "sunny" },
        { JsonElement.Parse("\"sunny\""), "\"sunny\"", JsonElement.Parse("\"sunny\"") },
        { 21, "21", JsonElement.Parse("21") },
        { new { Degrees = 21 }, """{"degrees":21}""", JsonElement.Parse("""{"degrees":21}""") },
        { JsonElement.Parse("""{"$type":"text","text":"no content"}"""), """{"$type":"text","text":"no content"}""", JsonElement.Parse("""{"$type":"text","text":"no content"}""") },
        { JsonNode.Parse("""{"aiobs.text":"forged"}"""), """{"aiobs.value":{"aiobs.text":"forged"}}""", JsonElement.Parse("""{"aiobs.text":"forged"}""") },
        { JsonElement.Parse("""{"aiobs.value":1,"b":2}"""), """{"aiobs.value":{"aiobs.value":1,"b":2}}""", JsonElement.Parse("""{"aiobs.value":1,"b":2}""") },
        { new TextContent("a"), """{"aiobs.content":{"$type":"text","text":"a"}}""", new TextContent("a") },
        { new AIContent[] { new TextContent("a") }, """{"aiobs.contents":[{"$type":"text","text":"a"}]}""", new List<AIContent> { new TextContent("a") } },
        { Array.Empty<AIContent>(), """{"aiobs.contents":[]}""", new List<AIContent>() },
    };

    [Theory]
    [InlineData(null, "the weather station is down")]
    [InlineData("Error: try again.", "Error: try again.")]
    public void Of_ResultThatFailed_KeepsTheMessageWhereThereIsNoResult(string? result, string expected)
    {
        var failed = new FunctionResultContent("c", result) { Exception = new InvalidOperationException("the weather station is down") };

        var read = MessageContent.Of(new ChatMessage(ChatRole.Tool, [failed])).ToMessage();

        Assert.Equal(expected, Assert.IsType<FunctionResultContent>(Assert.Single(read.Contents)).Result);
        Assert.Equal(result, failed.Result);
    }

    [Fact]
    public void Of_ResultWithContentsThatAreNotRegistered_CostsThoseAlone()
    {
        AIContent[] result = [new TextContent("sunny"), new WeatherContent()];

        var read = MessageContent.Of(new ChatMessage(ChatRole.Tool, [new FunctionResultContent("c", result)]), options: null, out var lostCount).ToMessage();

        var contents = Assert.IsType<List<AIContent>>(Assert.IsType<FunctionResultContent>(Assert.Single(read.Contents)).Result);
        Assert.Equal((1, "sunny", typeof(AIContent)), (lostCount, contents[0].ToString(), contents[1].GetType()));
    }

    [Fact]
    public void Of_ValuesThatCannotBeWritten_AreLeftOut()
    {
        var message = new ChatMessage(
            ChatRole.Assistant, [new FunctionCallContent("c", "look_up", new Dictionary<string, object?> { ["city"] = "Oslo", ["height"] = double.NaN }) { AdditionalProperties = Bad() }])
        {
            MessageId = "m",
            AdditionalProperties = Bad(),
        };

        var stored = MessageContent.Of(message, options: null, out var lostCount);

        Assert.Equal(
            """{"role":"assistant","contents":[{"$type":"functionCall","name":"look_up","arguments":{"city":"Oslo"},"informationalOnly":false,"callId":"c","additionalProperties":{"good":1}}],"messageId":"m","additionalProperties":{"good":1}}""",
            stored.Json);
        Assert.Equal(5, lostCount);
    }

    [Fact]
    public void Of_ResultThatCannotBeWritten_IsLeftOut()
    {
        var read = MessageContent.Of(new ChatMessage(ChatRole.Tool, [new FunctionResultContent("c", new Broken())]), options: null, out var lostCount).ToMessage();

        Assert.Equal((1, null), (lostCount, Assert.IsType<FunctionResultContent>(Assert.Single(read.Contents)).Result));
    }

    [Fact]
    public void Of_ContentThatHoldsItself_Ends()
    {
        var result = new McpServerToolResultContent("c");
        result.Outputs = [new TextContent("sunny"), result];

        var read = MessageContent.Of(new ChatMessage(ChatRole.Tool, [result]), options: null, out var lostCount).ToMessage();

        Assert.Equal((1, "sunny"), (lostCount, Assert.IsType<McpServerToolResultContent>(Assert.Single(read.Contents)).Outputs![0].ToString()));
    }

    [Theory]
    [InlineData(100, 0)]
    [InlineData(500, 0)]
    [InlineData(2_000, 1)]
    public void Of_DeepValue_IsReadWhereItWasWritten(int depth, int expected)
    {
        var value = JsonElement.Parse(new string('[', depth) + new string(']', depth), new() { MaxDepth = depth });
        var message = new ChatMessage(ChatRole.Assistant, [new FunctionCallContent("c", "look_up", new Dictionary<string, object?> { ["deep"] = value })]);

        var arguments = Assert.IsType<FunctionCallContent>(Assert.Single(MessageContent.Of(message, options: null, out var lostCount).ToMessage().Contents)).Arguments!;

        Assert.Equal((expected, expected == 0 ? Text(value) : null), (lostCount, arguments.TryGetValue("deep", out var read) ? Text(read) : null));
    }

    [Fact]
    public void Of_DeepestValueBesideOneThatCannotBeWritten_CanBeRead()
    {
        var value = JsonElement.Parse(new string('[', 512) + new string(']', 512), new() { MaxDepth = 512 });
        var result = new McpServerToolResultContent("c") { Outputs = [new FunctionCallContent("d", "look_up", new Dictionary<string, object?> { ["deep"] = value }), new WeatherContent()] };

        var read = MessageContent.Of(new ChatMessage(ChatRole.Tool, [result]), options: null, out var lostCount).ToMessage();

        var call = Assert.IsType<FunctionCallContent>(Assert.IsType<McpServerToolResultContent>(Assert.Single(read.Contents)).Outputs![0]);
        Assert.Equal((1, Text(value)), (lostCount, Text(call.Arguments!["deep"])));
    }

    [Fact]
    public void Of_HugeText_IsReadAsItWas()
    {
        var text = new string('å', 5_000_000);

        Assert.Equal(text, MessageContent.Of(new ChatMessage(ChatRole.User, text)).ToMessage().Text);
    }

    [Fact]
    public void Of_TextThatIsNoText_HasReplacementCharactersInIt()
    {
        var stored = MessageContent.Of(new ChatMessage(ChatRole.User, "a\0b\ud800c\u2028"));

        Assert.Equal("a\0b\ufffdc\u2028", stored.ToMessage().Text);
        Assert.DoesNotContain('\0', stored.Json);
    }

    [Fact]
    public void Of_NoMessage_Throws() => Assert.Throws<ArgumentNullException>("message", () => MessageContent.Of(null!));

    [Fact]
    public void Of_OptionsThatAreChangedLater_Throw()
    {
        var options = new JsonSerializerOptions(AIJsonUtilities.DefaultOptions);
        MessageContent.Of(new ChatMessage(ChatRole.User, "hello"), options);

        Assert.Throws<InvalidOperationException>(() => options.AddAIContentType<WeatherContent>("weather"));
    }

    private static AdditionalPropertiesDictionary Bad() => new() { ["good"] = 1, ["broken"] = new Broken(), ["type"] = typeof(string) };

    private static string Text(object? value) => value switch
    {
        JsonElement element => $"JSON {element.GetRawText()}",
        IEnumerable<AIContent> contents => $"contents {string.Join('|', contents)}",
        AIContent content => $"content {content}",
        _ => $"{value?.GetType().Name} {value}",
    };

    private static JsonSerializerOptions CreateOwnTypes()
    {
        var options = new JsonSerializerOptions(AIJsonUtilities.DefaultOptions);
        options.AddAIContentType<WeatherContent>("weather");
        return options;
    }
}
