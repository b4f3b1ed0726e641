using AiObs.Operations.Content;

namespace AiObs.Tests.Operations.Content;

public sealed class PartJsonTests
{
    [Theory]
    [InlineData("{}", """{"type":"error"}""")]
    [InlineData("""{"type":"other","message":"m","count":1.50}""", """{"type":"error","message":"m","count":1.50}""")]
    [InlineData("""{ "message": "\u00e4\uFFFD\"", "more": [1, null] }""", "{\"type\":\"error\",\"message\":\"ä\ufffd\\\"\",\"more\":[1,null]}")]
    public void WritePart_Other_HasItsMembersWrittenAnew(string members, string expected) =>
        Assert.Equal(expected, MessageJson.WritePart(new OtherPart("error", members)));

    [Fact]
    public void WriteParts_WithAndWithoutOptionalMembers_SeparatesWhatIsThere() => Assert.Equal(
        """[{"type":"tool_call","id":"c","name":"f","arguments":{"a":1}},{"type":"tool_call","name":"f"},{"type":"tool_call_response","response":null}]""",
        MessageJson.WriteParts(
        [
            new ToolCallPart("c", "f", """{"a":1}"""),
            new ToolCallPart(Id: null, "f", ArgumentsJson: null),
            new ToolResultPart(Id: "", Result: null),
        ]));
}
