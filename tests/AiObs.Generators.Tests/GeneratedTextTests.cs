using AiObs.Generators.Tests.Compiling;

namespace AiObs.Generators.Tests;

/// <summary>Compares the generated text with the files under Approved, so that a change of it is read in review.</summary>
public sealed class GeneratedTextTests
{
    private static readonly string ApprovedFolder = Path.Combine(RepositoryRoot.Path, "tests", "AiObs.Generators.Tests", "Approved");

    [Theory]
    [InlineData("AiObsChatClientBuilderExtensions.g.cs")]
    [InlineData("AiObsEmbeddingGeneratorBuilderExtensions.g.cs")]
    [InlineData("Microsoft.CodeAnalysis.EmbeddedAttribute.g.cs")]
    public void GeneratedText_ComparedWithApprovedFile_IsTheSame(string fileName)
    {
        var files = new Consumer("App", string.Empty, StandIn.Builders, StandIn.AiObs).Generate().GeneratedSources;
        var actual = files.Single(file => file.HintName == fileName).SourceText.ToString();

        var approvedFile = Path.Combine(ApprovedFolder, $"{fileName}.approved.txt");
        var receivedFile = Path.Combine(ApprovedFolder, $"{fileName}.received.txt");
        var approved = File.Exists(approvedFile) ? File.ReadAllText(approvedFile) : string.Empty;
        if (actual != approved)
        {
            File.WriteAllText(receivedFile, actual);
        }

        Assert.True(actual == approved, $"Read {receivedFile}; if it is right, let it replace {approvedFile}.");
    }
}
