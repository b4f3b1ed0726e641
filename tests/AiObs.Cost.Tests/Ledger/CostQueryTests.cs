namespace AiObs.Cost.Tests.Ledger;

public sealed class CostQueryTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(1_001)]
    public void PageSize_OutOfRange_ThrowsAndNamesIt(int size)
    {
        var thrown = Assert.Throws<ArgumentOutOfRangeException>(() => new CostQuery { PageSize = size });

        Assert.Equal("PageSize", thrown.ParamName);
    }

    [Fact]
    public void Default_Query_LetsEverythingThroughByHundredsOldestFirst() =>
        Assert.Equal(new CostQuery { PageSize = 100, Order = AiObs.Paging.PageOrder.OldestFirst }, CostQuery.All);
}
