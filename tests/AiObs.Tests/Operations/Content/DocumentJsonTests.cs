using AiObs.Operations.Content;

namespace AiObs.Tests.Operations.Content;

public sealed class DocumentJsonTests
{
    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void Write_ScoreThatIsNoNumber_KeepsTheDocuments(double score) => Assert.Equal(
        """[{"id":"a","content":"said"},{"id":"b","score":0.5}]""",
        DocumentJson.Write([new("a", "said", score, null), new("b", null, 0.5, null)]));
}
