namespace AiObs.ArchitectureTests.Rules;

/// <summary>Holds the source files to the rules.</summary>
public sealed class SourceTests
{
    private static readonly IReadOnlyList<TextFile> Sources = Repository.Files(".cs", "src");

    [Fact]
    public void Namespace_OfEachFile_IsItsFolder() => Check(NamespaceIsFolder.Violations(Sources));

    [Fact]
    public void Type_OfEachFile_GivesItItsName() => Check(FileIsType.Violations(Sources));

    [Fact]
    public void Length_OfEachFile_IsWithinTheLimit() => Check(FileLength.Violations(Repository.Files(".cs", "src", "tests", "samples")));

    /// <summary>The dashboard reads through the public surface of the others, which has no keys: it has its own of each that it reads.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void AttributeKey_OfEachConvention_IsWrittenOnce(bool isOfDashboard) => Check(KeysWrittenOnce.Violations(
        Sources.Where(file => file.Path.StartsWith(DashboardTests.Folder, StringComparison.Ordinal) == isOfDashboard),
        AttributeKeys.Of(Repository.Assemblies.SelectMany(assembly => assembly.GetTypes()))));

    [Fact]
    public void MetricName_OfEachInstrument_IsWrittenWhole() => Check(MetricNames.Violations(Sources));

    private static void Check(IEnumerable<string> violations) => Assert.True(!violations.Any(), string.Join('\n', violations));
}
