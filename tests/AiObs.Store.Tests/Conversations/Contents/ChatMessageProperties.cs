using System.Text.Json;
using AiObs.TestSupport;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.Extensions.AI;

namespace AiObs.Store.Tests.Conversations.Contents;

/// <summary>What holds for any message, whoever wrote it.</summary>
public sealed class ChatMessageProperties
{
    private static readonly Gen<string> Text = HostileText.Any.Select(static text => new string([.. text.Select(static (character, i) => char.IsSurrogate(character) ? 'x' : character)]));

    private static readonly Gen<AIContent> Contents = Gen.OneOf(
        Gen.Elements<Type>([.. SampleContents.Kinds]).Select(SampleContents.Create),
        Text.Select(static text => (AIContent)new TextContent(text) { AdditionalProperties = new() { [text] = text } }),
        Text.Select(static text => (AIContent)new FunctionResultContent(text, text)),
        Text.Select(static text => (AIContent)new FunctionCallContent(text, text, new Dictionary<string, object?> { [text] = text })));

    private static readonly Gen<ChatMessage> Messages =
        from contents in Contents.ListOf()
        from id in Text
        from author in Text
        from role in Gen.Elements(ChatRole.User, ChatRole.Assistant, ChatRole.Tool, ChatRole.System, new ChatRole("å"))
        from ticks in Gen.Choose(0, int.MaxValue)
        select new ChatMessage(role, [.. contents]) { MessageId = id, AuthorName = author, CreatedAt = new(ticks * 1_000_000_007L, TimeSpan.Zero) };

    [Fact]
    public void Of_AnyMessage_IsReadAsItWas() => Fuzz.Check(Messages, static message =>
    {
        var stored = MessageContent.Of(message, options: null, out var lostCount);
        var read = stored.ToMessage();

        Assert.Equal(SampleContents.Describe(message), SampleContents.Describe(read));
        Assert.Equal((0, stored.Json), (lostCount, MessageContent.Of(read).Json));
    });

    [Fact]
    public void Of_AnyMessageWithWhatCannotBeWritten_KeepsTheRest() => Fuzz.Check(Messages, static message =>
    {
        var expected = SampleContents.Describe(message);
        message.Contents.Add(new WeatherContent());
        var read = MessageContent.Of(message, options: null, out var lostCount).ToMessage();

        Assert.Equal(1, lostCount);
        Assert.Equal(typeof(AIContent), read.Contents[^1].GetType());
        read.Contents.RemoveAt(read.Contents.Count - 1);
        Assert.Equal(expected, SampleContents.Describe(read));
    });

    [Fact]
    public void ToMessage_AnyJsonAsContent_IsReadAndWritten() => Fuzz.Check(HostileText.Any, static text =>
    {
        var type = JsonSerializer.Serialize(text);
        var json = $$"""{"role":"user","contents":[{"$type":"hologram", {{type}} : {{type}} },{"$type":{{type}}, "x":1}]}""";

        var read = new MessageContent(json, "").ToMessage();

        Assert.Equal(json, MessageContent.Of(read).Json);
    });
}
