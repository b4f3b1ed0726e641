using AiObs.Operations.Content;

namespace AiObs.Tests.Operations.Content;

public sealed class JsonTextTests
{
    private const string Sentence = "Plain words, then more of them. ";

    [Theory]
    [InlineData("")]
    [InlineData("Nothing to escape: <b> & 'this' + that/those = ~")]
    [InlineData("\"first\", last\\")]
    [InlineData("line\r\n\tline\u0000\u001f\u007f")]
    [InlineData("Schöne Grüße\n\"über\" 中文 \u2028 \ufeff \ufffd")]
    [InlineData("a \ud83d\ude00 pair, \ud83d half a pair, \ude00 the other half, and one more \ud83d")]
    public void AppendString_Text_EqualsWhatTheJsonWriterWrites(string text) => Assert.Equal(Expected(text), Written(text));

    [Fact]
    public void AppendString_EveryCharacter_EqualsWhatTheJsonWriterWrites()
    {
        for (var character = 0; character <= char.MaxValue; character++)
        {
            var text = $"a{(char)character}b";
            Assert.Equal(Expected(text), Written(text));
        }
    }

    [Theory]
    [InlineData("\n")]
    [InlineData("ö")]
    [InlineData("\ud83d\ude00")]
    [InlineData("\u0001")]
    public void AppendString_LongerThanTheArray_EqualsWhatTheJsonWriterWrites(string special)
    {
        var text = string.Concat(Enumerable.Repeat(Sentence + special, 1_000)) + string.Concat(Enumerable.Repeat(special, 10_000));

        Assert.Equal(Expected(text), Written(text));
    }

    [Fact]
    public void AppendString_Null_IsNull() => Assert.Equal("null", Written(null));

    [Theory]
    [InlineData(0)]
    [InlineData(long.MinValue)]
    [InlineData(long.MaxValue)]
    public void Append_Number_EqualsWhatTheJsonWriterWrites(long number)
    {
        var json = new JsonText();
        json.Append(number);

        Assert.Equal(MessageJson.Write(number, static (writer, number) => writer.WriteNumberValue(number)), json.End());
    }

    private static string Written(string? text)
    {
        var json = new JsonText();
        json.AppendString(text);
        return json.End();
    }

    private static string Expected(string text) => MessageJson.Write(text, static (writer, text) => writer.WriteStringValue(text));
}
