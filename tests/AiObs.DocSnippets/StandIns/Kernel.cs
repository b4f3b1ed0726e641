using Microsoft.Extensions.DependencyInjection;

#pragma warning disable IDE0130 // The real one stands here.
namespace Microsoft.SemanticKernel;
#pragma warning restore IDE0130

/// <summary>Stands in for the kernel of Semantic Kernel, whose packages nothing here references.</summary>
public static class Kernel
{
    public static KernelBuilder CreateBuilder() => new();

    /// <summary>Stands in for what adds services to a kernel.</summary>
    public sealed class KernelBuilder
    {
        public IServiceCollection Services { get; } = new ServiceCollection();
    }
}
