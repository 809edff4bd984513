using System.Security.Cryptography;
using System.Text;

namespace Shop;

/// <summary>Where the shop keeps what makes its second start quick.</summary>
internal static class ShopFolder
{
    /// <summary>In the user's local application data; SHOP_FOLDER puts it elsewhere.</summary>
    public static string Root { get; } = Directory.CreateDirectory(
        Environment.GetEnvironmentVariable("SHOP_FOLDER") is { Length: > 0 } chosen
            ? chosen
            : Path.Combine(Environment.GetFolderPath(
            Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.Create), "ImageRec.Shop")).FullName;

    /// <summary>The catalog file of a folder of pictures, one for each folder and network.</summary>
    public static string CatalogFile(string of, string? network)
    {
        var name = Path.GetFileName(Path.TrimEndingDirectorySeparator(of));
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Path.GetFullPath(of))))[..8];
        return Path.Combine(Root, network is null or "compact" ? $"{name}-{hash}.imagerec" : $"{name}-{hash}-{network}.imagerec");
    }
}
