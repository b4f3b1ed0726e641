using AiObs.Operations;
using AiObs.Operations.Content;

namespace AiObs.Tests.Operations.Content;

public sealed class RecordedMessagesTests
{
    [Fact]
    public void Message_OfOneText_IsTheSameMessageEveryTime()
    {
        var messages = new RecordedMessages(capacity: 0);
        messages.Add(new("user", "Hello"));
        messages.Add(new("assistant", "Hi", "stop"));

        var first = messages.Slots[0].Message;
        var second = messages.Slots[1].Message;

        Assert.Equal(("user", null, null), (first.Role, first.Name, first.FinishReason));
        Assert.Equal([new TextPart("Hello")], first.Parts);
        Assert.Equal(("assistant", null, "stop"), (second.Role, second.Name, second.FinishReason));
        Assert.Equal(2, messages.Count);
        Assert.Same(first, messages.Slots[0].Message);
        Assert.Same(second, messages.Slots[1].Message);
    }

    [Fact]
    public void ToJson_OfOneText_IsTheSameBeforeAndAfterSomebodyAsked()
    {
        var unasked = new RecordedMessages(capacity: 1);
        unasked.Add(new("assistant", "Hi", "stop"));
        var asked = new RecordedMessages(capacity: 1);
        asked.Add(new("assistant", "Hi", "stop"));
        _ = asked.Slots[0].Message;

        Assert.Equal("""[{"role":"assistant","parts":[{"type":"text","content":"Hi"}],"finish_reason":"stop"}]""", unasked.ToJson());
        Assert.Equal(unasked.ToJson(), asked.ToJson());
        Assert.Equal(RecordedValue.Plain("Hi"), unasked.ToValue());
        Assert.Equal(RecordedValue.Plain("Hi"), asked.ToValue());
    }
}
