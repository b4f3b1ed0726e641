namespace AiObs.Generators.Tests;

/// <summary>What the AiObs package brings to a consumer.</summary>
public sealed class PackageTests(PackedAiObs package) : IClassFixture<PackedAiObs>
{
    [Fact]
    public void Pack_AiObs_HoldsTheGeneratorAsAnalyzer()
    {
        Assert.Contains("analyzers/dotnet/cs/AiObs.Generators.dll", package.Files);
    }

    [Fact]
    public void Pack_AiObs_KeepsTheGeneratorOutOfLib()
    {
        var libraries = package.Files.Where(file => file.StartsWith("lib/", StringComparison.Ordinal));

        Assert.Equal(["lib/net10.0/AiObs.dll", "lib/net10.0/AiObs.xml"], libraries);
    }

    [Fact]
    public void Pack_AiObs_DependsNeitherOnTheCompilerNorOnTheGenerator()
    {
        Assert.Contains("Microsoft.Extensions.AI.Abstractions", package.Dependencies);
        Assert.DoesNotContain(
            package.Dependencies,
            id => id.StartsWith("Microsoft.CodeAnalysis", StringComparison.Ordinal) || id.StartsWith("AiObs", StringComparison.Ordinal));
    }
}
