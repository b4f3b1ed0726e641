using System.Security.Cryptography;
using AiObs.Cost.Units;

namespace AiObs.Cost.Tests.Tables;

public sealed class EmbeddedPricesTests
{
    [Fact]
    public void ReadPrices_Embedded_IsTheFileInTheRepository() =>
        Assert.Equal(File.ReadAllBytes(DataFile("genai-prices.json")), EmbeddedPrices.ReadPrices());

    [Fact]
    public void ReadUnits_Embedded_IsTheFileInTheRepository() =>
        Assert.Equal(File.ReadAllBytes(DataFile("units.json")), EmbeddedPrices.ReadUnits());

    [Fact]
    public void ReadOverlay_Embedded_IsTheFileInTheRepository() =>
        Assert.Equal(File.ReadAllBytes(DataFile("aiobs-overlay.json")), EmbeddedPrices.ReadOverlay());

    [Theory]
    [InlineData("genai-prices.json")]
    [InlineData("units.json")]
    [InlineData("aiobs-overlay.json")]
    public void Source_DataFile_IsTheOneThatTheNotesDescribe(string name)
    {
        var hash = Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(DataFile(name))));

        Assert.Contains(hash, File.ReadLines(DataFile("SOURCE.md")).Single(line => line.StartsWith($"| `{name}` |", StringComparison.Ordinal)), StringComparison.Ordinal);
    }

    [Fact]
    public void Version_ReceiptsNameIt_IsTheOneThatTheNotesDescribe()
    {
        var version = EmbeddedPrices.Version.Split(' ')[1];

        Assert.Contains($"`@pydantic/genai-prices` {version},", File.ReadAllText(DataFile("SOURCE.md")), StringComparison.Ordinal);
    }

    [Fact]
    public void Published_AgeCountsFromIt_IsTheDayThatTheNotesTell() => Assert.Contains(
        FormattableString.Invariant($"published {EmbeddedPrices.Published:yyyy-MM-dd} |"), File.ReadAllText(DataFile("SOURCE.md")), StringComparison.Ordinal);

    private static string DataFile(string name) => Path.Combine(AppContext.BaseDirectory, "Tables", "Data", name);
}
