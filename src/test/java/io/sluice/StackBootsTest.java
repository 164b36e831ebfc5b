package io.sluice;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.poi.ss.usermodel.Row;
import org.apache.poi.ss.usermodel.Sheet;
import org.apache.poi.ss.usermodel.Workbook;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StackBootsTest {
  static final String[] EXPECTED = {
    "excel [[00846E10,3.0], [037833100,1.5]]",
    "delta [[00846E10,3.0], [037833100,1.5]]",
    "deequ Success",
    "s3a S3AFileSystem"
  };

  @TempDir Path folder;

  @Test
  void everyLibraryOfTheStackWorksInOneSparkSession() throws Exception {
    Path workbook = writeWorkbook(folder.resolve("holdings.xlsx"));

    assertThat(StackProbe.run(SparkForTests.session(), workbook, folder)).containsExactly(EXPECTED);
  }

  static Path writeWorkbook(Path target) throws IOException {
    try (Workbook workbook = new XSSFWorkbook();
        OutputStream out = Files.newOutputStream(target)) {
      Sheet sheet = workbook.createSheet("Holdings");
      Row header = sheet.createRow(0);
      header.createCell(0).setCellValue("security");
      header.createCell(1).setCellValue("quantity");
      Row first = sheet.createRow(1);
      first.createCell(0).setCellValue("037833100");
      first.createCell(1).setCellValue(1.5);
      Row second = sheet.createRow(2);
      second.createCell(0).setCellValue("00846E10");
      second.createCell(1).setCellValue(3);
      workbook.write(out);
    }
    return target;
  }
}
