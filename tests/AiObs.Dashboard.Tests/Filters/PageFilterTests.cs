using AiObs.Dashboard.Filters;
using Microsoft.AspNetCore.Http;

namespace AiObs.Dashboard.Tests.Filters;

public sealed class PageFilterTests
{
    [Theory]
    [InlineData("-Infinity")]
    [InlineData("Infinity")]
    [InlineData("NaN")]
    [InlineData("-1")]
    [InlineData("99999999999999999999")]
    public void MinDuration_ThatIsNone_IsLeftOut(string value)
    {
        var filter = PageFilter.Read(new QueryCollection(new Dictionary<string, Microsoft.Extensions.Primitives.StringValues> { [FilterNames.MinDuration] = value }));

        Assert.Empty(filter.Chips);
        Assert.Null(filter.ToTraceQuery(DateTimeOffset.UnixEpoch).MinDuration);
    }

    [Fact]
    public void MinDuration_IsOfMilliseconds()
    {
        var filter = PageFilter.Read(new QueryCollection(new Dictionary<string, Microsoft.Extensions.Primitives.StringValues> { [FilterNames.MinDuration] = "1.5" }));

        Assert.Equal(TimeSpan.FromMilliseconds(1.5), filter.ToTraceQuery(DateTimeOffset.UnixEpoch).MinDuration);
    }
}
