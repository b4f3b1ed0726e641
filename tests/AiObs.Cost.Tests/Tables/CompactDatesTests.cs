using AiObs.Cost.Tables;

namespace AiObs.Cost.Tests.Tables;

public sealed class CompactDatesTests
{
    [Theory]
    [InlineData("gpt-4o-20240806", "gpt-4o-2024-08-06")]
    [InlineData("a-20240806-b-20250101:free", "a-2024-08-06-b-2025-01-01:free")]
    [InlineData("gpt-4o-20240229", "gpt-4o-2024-02-29")]
    [InlineData("gpt-4o-20230229", "gpt-4o-20230229")]
    [InlineData("gpt-4o-20241301", "gpt-4o-20241301")]
    [InlineData("gpt-4o-19991231", "gpt-4o-19991231")]
    [InlineData("gpt-4o-202408061", "gpt-4o-202408061")]
    [InlineData("gpt-4o@20240806", "gpt-4o@20240806")]
    [InlineData("", "")]
    public void Expand_Model_WritesDatesOfTheCalendarWithHyphens(string model, string expanded) =>
        Assert.Equal(expanded, CompactDates.Expand(model));
}
