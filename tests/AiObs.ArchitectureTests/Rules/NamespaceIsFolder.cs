using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AiObs.ArchitectureTests.Rules;

/// <summary>The namespace of a file under src is its folder, so that either one tells the other; what is public stands in one of the few that users see.</summary>
/// <remarks>Extension methods stand in the namespace of the type they extend: files named <c>*Extensions.cs</c> may have one of another library.</remarks>
internal static class NamespaceIsFolder
{
    /// <summary>The namespaces that users see. A folder is for us, a namespace for users: each of these gathers the public types of several folders.</summary>
    public static readonly string[] Public =
    [
        "AiObs", "AiObs.Tracing", "AiObs.Operations", "AiObs.Events",
        "AiObs.Cost", "AiObs.Cost.Budgets", "AiObs.Cost.Pricing",
        "AiObs.Store", "AiObs.OpenTelemetry", "AiObs.Dashboard",
        "AiObs.Conversations", "AiObs.Memory", "AiObs.Guardrails", "AiObs.Facts",
    ];

    private static readonly string[] Owners = ["AiObs.Cost", "AiObs.Store", "AiObs.OpenTelemetry", "AiObs.Dashboard", "AiObs.Http", "AiObs.OpenAI", "AiObs.Conversations"];

    /// <summary>Folders whose namespaces would hide a type: their own names are those of <c>Faults</c> and of the options of Microsoft.Extensions.Options.</summary>
    private static readonly Dictionary<string, string> Renamed = new(StringComparer.Ordinal)
    {
        ["src/AiObs/Context"] = "AiObs",
        ["src/AiObs/Faults"] = "AiObs",
        ["src/AiObs/Options"] = "AiObs",
        ["src/AiObs/Tracing/Data"] = "AiObs.Tracing",
        ["src/AiObs.Dashboard/Options"] = "AiObs.Dashboard",
        ["src/AiObs.Conversations/Options"] = "AiObs.Conversations",
        ["src/AiObs.OpenTelemetry/Options"] = "AiObs.OpenTelemetry",
    };

    public static IEnumerable<string> Violations(IEnumerable<TextFile> files) =>
        from file in files
        let folder = Renamed.GetValueOrDefault(file.Folder) ?? file.Folder.Replace("src/", "", StringComparison.Ordinal).Replace('/', '.')
        from declaration in SourceTree.Of(file)
            .DescendantNodes(static node => node is CompilationUnitSyntax or BaseNamespaceDeclarationSyntax).OfType<BaseNamespaceDeclarationSyntax>()
        let name = declaration.Name.ToString()
        where !IsRight(file, declaration, name, folder)
        select $"{file.Path} declares {name}; its folder says {folder}, and public types stand in one of {string.Join(", ", Public)}.";

    private static bool IsRight(TextFile file, BaseNamespaceDeclarationSyntax declaration, string name, string folder)
    {
        if (file.Name.EndsWith("Extensions.cs", StringComparison.Ordinal))
        {
            return Public.Contains(name) || !IsIn(name, "AiObs") || (name == folder && !HasPublicType(declaration));
        }

        return HasPublicType(declaration) ? Public.Contains(name) && OwnerOf(name) == OwnerOf(folder) : name == folder;
    }

    /// <summary>Returns the project whose namespaces one of them is of; that of the stores for all databases, that of the costs for what keeps prices fresh, that of conversations for memory, guardrails and facts.</summary>
    private static string OwnerOf(string name) => name == "AiObs.Prices" ? "AiObs.Cost" : name is "AiObs.Memory" or "AiObs.Guardrails" or "AiObs.Facts" ? "AiObs.Conversations" : Array.Find(Owners, owner => IsIn(name, owner)) ?? "AiObs";

    private static bool IsIn(string name, string around) => name == around || name.StartsWith(around + ".", StringComparison.Ordinal);

    private static bool HasPublicType(BaseNamespaceDeclarationSyntax declaration) =>
        declaration.Members.Any(static member => member.Modifiers.Any(static modifier => modifier.IsKind(SyntaxKind.PublicKeyword)));
}
