using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AiObs.ArchitectureTests.Rules;

/// <summary>Parses a source file, so that rules neither stumble over strings and comments nor need them compiled.</summary>
internal static class SourceTree
{
    private static readonly CSharpParseOptions Options = new(LanguageVersion.Preview);

    private static readonly ConditionalWeakTable<TextFile, CompilationUnitSyntax> Parsed = [];

    /// <summary>Parses a file once for all rules.</summary>
    public static CompilationUnitSyntax Of(TextFile file) =>
        Parsed.GetValue(file, static file => CSharpSyntaxTree.ParseText(file.Text, Options).GetCompilationUnitRoot());
}
