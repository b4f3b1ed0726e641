namespace AiObs.ArchitectureTests.Packaging;

public sealed class PackageTests(PackedLibraries packages) : IClassFixture<PackedLibraries>
{
    public static TheoryData<string> Names => [.. Repository.Assemblies.Select(assembly => assembly.GetName().Name!)];

    [Fact]
    public async Task Packages_RestoredFromAFolderByANewApplication_Run()
    {
        var output = await packages.RunConsumerAsync(TestContext.Current.CancellationToken);

        Assert.Equal(
            [$"AiObs {packages.Version}", $"AiObs.OpenTelemetry {packages.Version}", "chat LLM", "invoke_agent packed AGENT"],
            output.Trim().Split('\n'));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Package_OfEachLibrary_HoldsAssemblyDocumentationAndReadme(string name) => Assert.Superset(
        new HashSet<string> { $"lib/net10.0/{name}.dll", $"lib/net10.0/{name}.xml", "README.md" },
        packages.Content(name).ToHashSet());

    [Fact]
    public void Package_OfTheMainLibrary_HoldsTheGenerators()
    {
        var generators = Directory.GetDirectories(Path.Combine(Repository.Root, "src"), "*.Generators").Select(Path.GetFileName);

        Assert.Equal(
            generators.Select(name => $"analyzers/dotnet/cs/{name}.dll"),
            packages.Content("AiObs").Where(path => path.StartsWith("analyzers/", StringComparison.Ordinal)));
    }

    [Fact]
    public void Package_OfTheMainLibrary_HoldsTheNoticeOfThePriceData() =>
        Assert.Contains("LICENSE.genai-prices.txt", packages.Content("AiObs"));
}
