using System.Reflection;
using System.Reflection.PortableExecutable;
using System.Runtime.CompilerServices;
using System.Text;
using System.Xml.Linq;

namespace AiObs.ArchitectureTests.Packaging;

public sealed class PackageTests(PackedLibraries packages) : IClassFixture<PackedLibraries>
{
    public static TheoryData<string> Names => [.. Repository.Assemblies.Select(assembly => assembly.GetName().Name!)];

    public static TheoryData<string, string> Friends => [..
        from seen in Repository.Assemblies
        from friend in seen.GetCustomAttributes<InternalsVisibleToAttribute>()
        where Repository.Assemblies.Any(assembly => assembly.GetName().Name == friend.AssemblyName)
        select (friend.AssemblyName, seen.GetName().Name!)];

    [Fact]
    public async Task Packages_RestoredFromAFolderByANewApplication_Run()
    {
        var output = await packages.RunConsumerAsync("CSharp", TestContext.Current.CancellationToken);

        Assert.Equal(
            [$"AiObs {packages.Version}", $"AiObs.OpenTelemetry {packages.Version}", "chat LLM", "invoke_agent packed AGENT"],
            output.Trim().Split('\n'));
    }

    [Fact]
    public async Task Packages_RestoredByAnFSharpApplication_RunTheLinesOfTheReadme()
    {
        var output = await packages.RunConsumerAsync("FSharp", TestContext.Current.CancellationToken);

        Assert.Equal(["chat LLM Hello", "invoke_agent weather-assistant AGENT Hello"], output.Trim().Split('\n'));
    }

    [Fact]
    public async Task Packages_RestoredBesideSemanticKernel_ObserveItsFunctions()
    {
        var output = await packages.RunConsumerAsync("SemanticKernel", TestContext.Current.CancellationToken);

        Assert.Equal(
            ["chat asker LLM", "execute_tool weather_get TOOL 4", "chat asker LLM", "invoke_agent weather-assistant AGENT", "It is 4 degrees."],
            output.Trim().Split('\n'));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Package_OfEachLibrary_HoldsAssemblyDocumentationAndReadme(string name) => Assert.Superset(
        new HashSet<string> { $"lib/net10.0/{name}.dll", $"lib/net10.0/{name}.xml", "README.md" },
        packages.Content(name).ToHashSet());

    [Fact]
    public void Package_OfTheCosts_HoldsTheNoticeOfThePriceData() =>
        Assert.Contains("LICENSE.genai-prices.txt", packages.Content("AiObs.Cost"));

    [Fact]
    public void Package_OfTheCosts_KeepsTheNoticeOfThePriceDataWhole() => Assert.Equal(
        File.ReadAllText(Path.Combine(Repository.Root, "src/AiObs.Cost/Tables/Data/LICENSE.genai-prices.txt")),
        Encoding.UTF8.GetString(packages.Read("AiObs.Cost", "LICENSE.genai-prices.txt")));

    [Theory]
    [MemberData(nameof(Friends))]
    public void Package_ThatSeesInternalsOfAnother_AsksForExactlyItsVersion(string name, string seen)
    {
        var dependencies = MetadataOf(name).Descendants().Where(element => element.Name.LocalName == "dependency" && element.Attribute("id")!.Value == seen);

        Assert.Equal([$"[{packages.Version}]"], dependencies.Select(element => element.Attribute("version")!.Value));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Manifest_OfEachLibrary_TellsLicenceReadmeDescriptionAndCommit(string name)
    {
        var metadata = MetadataOf(name);
        var repository = Element(metadata, "repository");

        Assert.Equal(("MIT", "expression"), (Element(metadata, "license").Value, Element(metadata, "license").Attribute("type")?.Value));
        Assert.Equal("README.md", Element(metadata, "readme").Value);
        Assert.Contains("AiObs", Element(metadata, "id").Value, StringComparison.Ordinal);
        Assert.NotEqual("Package Description", Element(metadata, "description").Value);
        Assert.Equal(("git", 40), (repository.Attribute("type")?.Value, repository.Attribute("commit")?.Value.Length));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Symbols_OfEachLibrary_ArePackedBesideIt(string name) =>
        Assert.Contains($"lib/net10.0/{name}.pdb", packages.SymbolContent(name));

    [Theory]
    [MemberData(nameof(Names))]
    public void Symbols_OfARepositoryWithARemote_LeadToTheSource(string name)
    {
        Assert.SkipWhen(
            Element(MetadataOf(name), "repository").Attribute("url") is null, "The repository has no remote that symbols could lead to.");

        Assert.True(PackedSymbols.HaveSourceLink(packages.ReadSymbols(name, $"lib/net10.0/{name}.pdb")));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Assembly_OfEachLibrary_IsReproducible(string name)
    {
        using var assembly = new PEReader(new MemoryStream(packages.Read(name, $"lib/net10.0/{name}.dll")));

        Assert.Contains(assembly.ReadDebugDirectory(), static entry => entry.Type == DebugDirectoryEntryType.Reproducible);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Package_OfEachLibrary_DoesNotTellWhereItWasBuilt(string name)
    {
        Assert.SkipUnless(packages.Configuration == "Release", "What is shipped is a Release build; others lead a debugger to the sources.");

        var files = packages.Content(name).Where(static path => path.EndsWith(".dll", StringComparison.Ordinal))
            .Select(path => packages.Read(name, path));
        var texts = files.Append(packages.ReadSymbols(name, $"lib/net10.0/{name}.pdb")).Select(Encoding.Latin1.GetString).ToList();

        Assert.DoesNotContain(texts, text => text.Contains(packages.Folder, StringComparison.Ordinal));
        Assert.DoesNotContain(texts, static text => text.Contains(Repository.Root, StringComparison.Ordinal));
    }

    private static XElement Element(XElement parent, string name) =>
        parent.Elements().Single(element => element.Name.LocalName == name);

    private XElement MetadataOf(string name) =>
        XDocument.Load(new MemoryStream(packages.Read(name, $"{name}.nuspec"))).Root!.Elements().Single();
}
