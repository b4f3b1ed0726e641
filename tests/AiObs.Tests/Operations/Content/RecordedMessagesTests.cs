using AiObs.Operations;

namespace AiObs.Tests.Operations.Content;

public sealed class RecordedMessagesTests
{
    [Fact]
    public void Item_OfOneText_IsTheSameMessageEveryTime()
    {
        var messages = new RecordedMessages(capacity: 0);
        messages.Add(new("user", "Hello"));
        messages.Add(new("assistant", "Hi", "stop"));

        var first = messages[0];
        var second = messages[1];

        Assert.Equal(("user", null, null), (first.Role, first.Name, first.FinishReason));
        Assert.Equal([new TextPart("Hello")], first.Parts);
        Assert.Equal(("assistant", null, "stop"), (second.Role, second.Name, second.FinishReason));
        Assert.Equal([first, second], messages);
        Assert.All(messages.Zip([first, second]), static pair => Assert.Same(pair.Second, pair.First));
    }

    [Fact]
    public void ToJson_OfOneText_IsTheSameBeforeAndAfterSomebodyAsked()
    {
        var unasked = new RecordedMessages(capacity: 1);
        unasked.Add(new("assistant", "Hi", "stop"));
        var asked = new RecordedMessages(capacity: 1);
        asked.Add(new("assistant", "Hi", "stop"));
        _ = asked[0];

        Assert.Equal("""[{"role":"assistant","parts":[{"type":"text","content":"Hi"}],"finish_reason":"stop"}]""", unasked.ToJson());
        Assert.Equal(unasked.ToJson(), asked.ToJson());
        Assert.Equal(RecordedValue.Plain("Hi"), unasked.ToValue());
        Assert.Equal(RecordedValue.Plain("Hi"), asked.ToValue());
    }
}
