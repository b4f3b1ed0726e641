using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.Extensions.AI;

namespace AiObs.Generators.Tests.Compiling;

/// <summary>Makes compilations that see the framework and Microsoft.Extensions.AI.Abstractions, as any consumer of AiObs does.</summary>
internal static class TestCompilation
{
    // Diagnose also binds the crefs of documentation comments, those of the generated files included.
    public static readonly CSharpParseOptions ParseOptions =
        new(LanguageVersion.Latest, DocumentationMode.Diagnose);

    // CS1591: a consumer need not document itself.
    private static readonly CSharpCompilationOptions Options =
        new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable)
            .WithSpecificDiagnosticOptions([new("CS1591", ReportDiagnostic.Suppress)]);

    private static readonly IReadOnlyList<MetadataReference> Platform =
        [.. PlatformFiles().Select(file => MetadataReference.CreateFromFile(file))];

    public static CSharpCompilation Create(string assemblyName, string source, IEnumerable<MetadataReference> references) =>
        CSharpCompilation.Create(assemblyName, [Parse(source)], [.. Platform, .. references], Options);

    public static SyntaxTree Parse(string source) => CSharpSyntaxTree.ParseText(source, ParseOptions);

    private static IEnumerable<string> PlatformFiles()
    {
        var framework = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        var trusted = (string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!;

        return trusted.Split(Path.PathSeparator)
            .Where(file => Path.GetDirectoryName(file) == framework)
            .Append(typeof(IChatClient).Assembly.Location);
    }
}
