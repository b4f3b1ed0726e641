using AiObs.Conventions.GenAI;

namespace AiObs.Tests.Conventions;

public sealed class GenAiDocumentJsonTests
{
    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void Write_ScoreThatIsNoNumber_KeepsTheDocuments(double score) => Assert.Equal(
        """[{"id":"a","content":"said"},{"id":"b","score":0.5}]""",
        GenAiDocumentJson.Write([new("a", "said", score, null), new("b", null, 0.5, null)]));
}
