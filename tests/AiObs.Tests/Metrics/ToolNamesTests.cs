using System.Globalization;
using AiObs.Metrics;

namespace AiObs.Tests.Metrics;

public sealed class ToolNamesTests
{
    private readonly ToolNames _names = new();

    [Theory]
    [InlineData("InvokePromptAsync_0123456789abcdef0123456789ABCDEF", "InvokePromptAsync")]
    [InlineData("weather", "weather")]
    [InlineData("_0123456789abcdef0123456789abcdef", "_0123456789abcdef0123456789abcdef")]
    [InlineData("get_0123456789abcdef0123456789abcdeg", "get_0123456789abcdef0123456789abcdeg")]
    [InlineData("get0123456789abcdef0123456789abcdef", "get0123456789abcdef0123456789abcdef")]
    [InlineData(null, null)]
    public void Of_AnyName_LeavesOutTheId(string? name, string? expected) => Assert.Equal(expected, _names.Of(name));

    [Fact]
    public void Of_MoreThanAThousandNames_TheRestIsOther()
    {
        for (var i = 0; i < 1_000; i++)
        {
            var name = i.ToString(CultureInfo.InvariantCulture);
            Assert.Equal(name, _names.Of(name));
        }

        Assert.Equal("(other)", _names.Of("1000"));
        Assert.Equal("7", _names.Of("7"));
        Assert.Equal("7", _names.Of($"7_{Guid.NewGuid():N}"));
    }
}
