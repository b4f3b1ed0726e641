using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AiObs.ArchitectureTests.Rules;

/// <summary>A file under src holds one type and is named after it: <c>Foo.cs</c>, or <c>Foo.Streaming.cs</c> for a part of it.</summary>
/// <remarks>Types may nest, and a type that is local to the file goes with the one it serves.</remarks>
internal static class FileIsType
{
    public static IEnumerable<string> Violations(IEnumerable<TextFile> files) =>
        from file in files
        let names = TopLevelTypes(SourceTree.Of(file)).ToList()
        from problem in Problems(file, names)
        select $"{file.Path} {problem}.";

    private static IEnumerable<string> Problems(TextFile file, List<string> names)
    {
        if (names.Count > 1)
        {
            yield return $"holds {string.Join(" and ", names)}";
        }
        else if (names.Count == 1 && names[0] != file.Name.Split('.')[0])
        {
            yield return $"holds {names[0]}";
        }
    }

    private static IEnumerable<string> TopLevelTypes(CompilationUnitSyntax unit) =>
        from member in unit.DescendantNodes(node => node is CompilationUnitSyntax or BaseNamespaceDeclarationSyntax)
            .OfType<MemberDeclarationSyntax>()
        let name = member switch
        {
            BaseTypeDeclarationSyntax type => type.Identifier.ValueText,
            DelegateDeclarationSyntax type => type.Identifier.ValueText,
            _ => null,
        }
        where name is not null && !member.Modifiers.Any(SyntaxKind.FileKeyword)
        select name;
}
