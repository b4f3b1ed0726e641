using AiObs.Dashboard.Messages;

namespace AiObs.Dashboard.Tests.Messages;

public sealed class NumberedMessagesTests
{
    [Theory]
    [InlineData("llm.input_messages.0.role", "llm.input_messages.0.message.role")]
    [InlineData("llm.input_messages.00.message.role", "llm.input_messages.0.message.role")]
    public void Member_UnderTwoNames_IsTheLast(string first, string last)
    {
        var message = Assert.Single(NumberedMessages.Read(new Dictionary<string, string> { [first] = "system", [last] = "user" }, "llm.input_messages"));

        Assert.Equal("user", message.Role);
    }
}
