using System.Xml.Linq;

namespace AiObs.ArchitectureTests.Packaging;

/// <summary>The versions of packages that the repository has agreed on.</summary>
internal static class CentralVersions
{
    public static string Of(string package) => XDocument.Load(Path.Combine(Repository.Root, "Directory.Packages.props"))
        .Descendants("PackageVersion")
        .Single(version => version.Attribute("Include")?.Value == package)
        .Attribute("Version")!.Value;
}
