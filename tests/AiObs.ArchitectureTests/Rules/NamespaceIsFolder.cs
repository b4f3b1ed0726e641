using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AiObs.ArchitectureTests.Rules;

/// <summary>The namespace of a file under src is its folder, so that either one tells the other.</summary>
/// <remarks>
/// Extension methods stand in the namespace of the type they extend: files named <c>*Extensions.cs</c> are exempt. Users of the stores see one namespace:
/// what is public stands in it, or in that of a library that it extends.
/// </remarks>
internal static class NamespaceIsFolder
{
    private const string Store = "AiObs.Store";

    public static IEnumerable<string> Violations(IEnumerable<TextFile> files) =>
        from file in files
        let folder = file.Folder.Replace("src/", "", StringComparison.Ordinal).Replace('/', '.')
        from declaration in SourceTree.Of(file).DescendantNodes().OfType<BaseNamespaceDeclarationSyntax>()
        let name = declaration.Name.ToString()
        let expected = IsOfStore(folder) && HasPublicType(declaration) ? Store : folder
        where name != expected && !(IsExtensions(file) && !IsOfStore(name))
        select $"{file.Path} declares {name}; its folder says {expected}.";

    private static bool IsExtensions(TextFile file) => file.Name.EndsWith("Extensions.cs", StringComparison.Ordinal);

    private static bool IsOfStore(string name) => name == Store || name.StartsWith(Store + ".", StringComparison.Ordinal);

    private static bool HasPublicType(BaseNamespaceDeclarationSyntax declaration) =>
        declaration.Members.Any(static member => member.Modifiers.Any(SyntaxKind.PublicKeyword));
}
