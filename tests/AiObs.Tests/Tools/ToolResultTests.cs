using System.Text.Json;
using AiObs.Tests.Chat;
using Microsoft.Extensions.AI;

namespace AiObs.Tests.Tools;

public sealed class ToolResultTests : AgentTest
{
    public static TheoryData<object?, string?, string?> Results => new()
    {
        { null, null, null },
        { default(JsonElement), null, null },
        { JsonSerializer.SerializeToElement<string?>(null), null, null },
        { "plain", "plain", "text/plain" },
        { "", null, null },
        { JsonSerializer.SerializeToElement("text"), "text", "text/plain" },
        { 42, "42", "application/json" },
        { new Dictionary<string, object?> { ["a"] = 1 }, """{"a":1}""", "application/json" },
        { JsonSerializer.SerializeToElement(new[] { 1, 2 }), "[1,2]", "application/json" },
        { new TextContent("said"), "said", "text/plain" },
        {
            new AIContent[] { new TextContent("said"), new DataContent(new byte[] { 1, 2 }, "image/png") },
            """[{"type":"text","content":"said"},{"type":"blob","modality":"image","mime_type":"image/png","content":"AQI="}]""",
            "application/json"
        },
    };

    [Theory]
    [MemberData(nameof(Results))]
    public async Task InvokeAsync_AnyResult_IsWrittenAndReturnedAsItIs(object? result, string? expected, string? mimeType)
    {
        var function = new ReturningFunction(result);

        var returned = await function.Observed(Observe()).InvokeAsync(cancellationToken: Token);

        Assert.Same(result, returned);
        var span = Spans.Only();
        Assert.Equal(expected, span.GetTagItem("output.value"));
        Assert.Equal(expected, span.GetTagItem("gen_ai.tool.call.result"));
        Assert.Equal(mimeType, span.GetTagItem("output.mime_type"));
    }

    [Theory]
    [InlineData("""{"content":[{"type":"text","text":"No such city."}],"isError":true}""", "tool_error")]
    [InlineData("""{"content":[{"type":"text","text":"Sunny."}],"isError":false}""", null)]
    [InlineData("""{"isError":true}""", null)]
    [InlineData("""[{"isError":true}]""", null)]
    public async Task InvokeAsync_ResultOfAServerThatFailed_IsAFailureThatKeepsItsResult(string result, string? expected)
    {
        var function = new ReturningFunction(JsonElement.Parse(result));

        await function.Observed(Observe()).InvokeAsync(cancellationToken: Token);

        var span = Spans.Only();
        Assert.Equal((expected, expected), (span.GetTagItem("error.type"), span.StatusDescription));
        Assert.Equal(result, span.GetTagItem("output.value"));
    }

    private sealed class ReturningFunction(object? result) : AIFunction
    {
        public override string Name => "return";

        protected override ValueTask<object?> InvokeCoreAsync(AIFunctionArguments arguments, CancellationToken cancellationToken) => new(result);
    }
}
