using WeatherAgent.Screen;

namespace WeatherAgent.Tests.Screen;

public sealed class PlainTextTests
{
    [Theory]
    [InlineData("21 °C, 日本, 🌧", "21 °C, 日本, 🌧")]
    [InlineData("\e[31mred\e[0m", "[31mred[0m")]
    [InlineData("\e]8;;http://x\aclick\e]8;;\a", "]8;;http://xclick]8;;")]
    [InlineData("a\u009b31mb\u0085c\u007fd\0e", "a31mbcde")]
    [InlineData("a\u202Eb\u2066c", "abc")]
    [InlineData("a\u2028b\u200fc\u061cd", "abcd")]
    [InlineData("over\rwritten\bx", "overwrittenx")]
    [InlineData("two\nlines\tand a tab", "two\nlines and a tab")]
    public void Clean_Text_KeepsWhatIsVisibleAndLineBreaks(string text, string expected) => Assert.Equal(expected, PlainText.Clean(text));

    [Fact]
    public void CleanLine_SeveralLines_BecomeOne() => Assert.Equal("a b c d", PlainText.CleanLine("a\nb\r\nc\u2028d"));
}
